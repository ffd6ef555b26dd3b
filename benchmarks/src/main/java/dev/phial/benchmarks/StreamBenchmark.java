package dev.phial.benchmarks;

import dev.phial.crypto.context.DataContext;
import dev.phial.crypto.envelope.StreamCipher;
import dev.phial.crypto.envelope.StreamOpener;
import dev.phial.crypto.envelope.StreamSealer;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.key.KeyPurpose;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** 64 MiB as a stream, fed in pieces of 1 MiB, beside the module's one {@code doFinal} over all of it; times are for one MiB. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StreamBenchmark {
  private static final int MIB = 1 << 20;
  private static final int MIBS = 64;

  private final FipsModule module = FipsModule.start();
  private final StreamCipher cipher = new StreamCipher(module);
  private final DataKey key = BenchKeys.of(KeyPurpose.ENCRYPT);
  private final DataContext context = DataContext.of("tenant", "scan");
  private final byte[] plaintext = new byte[MIBS * MIB];
  private final byte[] sealed = new byte[MIBS * MIB + MIB];
  private final StreamSealer made = cipher.sealer(key, context);
  private final int sealedLength = fill(made);
  private final byte[] moduleOut = new byte[MIBS * MIB + 16];
  private final byte[] iv = new byte[12];
  private long messages;

  private int fill(StreamSealer sealer) {
    ByteBuffer out = ByteBuffer.wrap(sealed);
    for (int i = 0; i < MIBS; i++) {
      sealer.update(ByteBuffer.wrap(plaintext, i * MIB, MIB), out::put);
    }
    sealer.finish(out::put);
    return out.position();
  }

  @Benchmark
  @OperationsPerInvocation(MIBS)
  public long seal() {
    long[] bytes = new long[1];
    StreamSealer sealer = cipher.sealer(key, context);
    for (int i = 0; i < MIBS; i++) {
      sealer.update(
          ByteBuffer.wrap(plaintext, i * MIB, MIB), frame -> bytes[0] += frame.remaining());
    }
    sealer.finish(frame -> bytes[0] += frame.remaining());
    return bytes[0];
  }

  @Benchmark
  @OperationsPerInvocation(MIBS)
  public long open() {
    long[] bytes = new long[1];
    StreamOpener opener = cipher.opener(key, context, made.header());
    for (int at = 0; at < sealedLength; at += MIB) {
      opener.update(
          ByteBuffer.wrap(sealed, at, Math.min(MIB, sealedLength - at)),
          plain -> bytes[0] += plain.remaining());
    }
    opener.finish(plain -> bytes[0] += plain.remaining());
    return bytes[0];
  }

  @Benchmark
  @OperationsPerInvocation(MIBS)
  public int moduleSeal() throws GeneralSecurityException {
    ByteBuffer.wrap(iv).putLong(++messages);
    Cipher module = Cipher.getInstance("AES/GCM/NoPadding", this.module.provider());
    module.init(
        Cipher.ENCRYPT_MODE, new SecretKeySpec(new byte[32], "AES"), new GCMParameterSpec(128, iv));
    return module.doFinal(plaintext, 0, plaintext.length, moduleOut, 0);
  }
}
