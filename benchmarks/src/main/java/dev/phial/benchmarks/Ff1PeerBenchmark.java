package dev.phial.benchmarks;

import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * FF1 over nine digits in bcprov, and the floor in SunJCE: ten rounds of AES and nothing else. Runs in a JVM without the
 * FIPS module ({@link PeerClassPath}).
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Ff1PeerBenchmark {
  private static final int BATCH = 64;
  private static final int ROUNDS = 10;

  private final byte[] in = new byte[9];
  private final byte[] out = new byte[9];
  private final byte[] blocks = new byte[BATCH * 16];
  private final byte[] encrypted = new byte[BATCH * 16];
  private byte turn;
  private final BcprovFf1 bcprov = new BcprovFf1();
  private final Cipher aes = sunAes();

  @Setup
  public void prepare() throws Throwable {
    bcprov.start(new byte[16]);
  }

  private static Cipher sunAes() {
    try {
      Cipher aes = Cipher.getInstance("AES/ECB/NoPadding", "SunJCE");
      aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(new byte[32], "AES"));
      return aes;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no SunJCE", e);
    }
  }

  @Benchmark
  public byte[] bcprovSameTweak() throws Throwable {
    int done = bcprov.encrypt(in, out);
    in[0] = (byte) (done % 10);
    return out;
  }

  @Benchmark
  public byte[] bcprovTweakEach() throws Throwable {
    byte[] tweak = new byte[16];
    tweak[0] = turn++;
    bcprov.start(tweak);
    return bcprovSameTweak();
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public byte[] sunAesOfTenRounds() throws GeneralSecurityException {
    for (int round = 0; round < ROUNDS; round++) {
      blocks[round] ^= encrypted[round];
      aes.doFinal(blocks, 0, blocks.length, encrypted, 0);
    }
    return encrypted;
  }
}
