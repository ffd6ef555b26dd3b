package dev.phial.benchmarks;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
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
 * FIPS module ({@link PeerClassPath}); bcprov is not on the class path that compiles this, hence the method handles.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Ff1PeerBenchmark {
  private static final int BATCH = 64;
  private static final int ROUNDS = 10;
  private static final String PACKAGE = "org.bouncycastle.crypto.";

  private final byte[] in = new byte[9];
  private final byte[] out = new byte[9];
  private final byte[] blocks = new byte[BATCH * 16];
  private final byte[] encrypted = new byte[BATCH * 16];
  private byte turn;
  private MethodHandle init;
  private MethodHandle process;
  private MethodHandle parameters;
  private Object key;
  private Cipher aes;

  @Setup
  public void prepare() throws Throwable {
    MethodHandles.Lookup lookup = MethodHandles.publicLookup();
    Class<?> engineType = Class.forName(PACKAGE + "fpe.FPEFF1Engine");
    Class<?> keyType = Class.forName(PACKAGE + "params.KeyParameter");
    Class<?> parametersType = Class.forName(PACKAGE + "params.FPEParameters");
    Class<?> anyParameters = Class.forName(PACKAGE + "CipherParameters");
    Object engine = engineType.getConstructor().newInstance();
    key = keyType.getConstructor(byte[].class).newInstance((Object) new byte[32]);
    parameters = lookup.findConstructor(
        parametersType, MethodType.methodType(void.class, keyType, int.class, byte[].class));
    init = lookup
        .findVirtual(
            engineType, "init", MethodType.methodType(void.class, boolean.class, anyParameters))
        .bindTo(engine);
    process = lookup
        .findVirtual(
            engineType,
            "processBlock",
            MethodType.methodType(
                int.class, byte[].class, int.class, int.class, byte[].class, int.class))
        .bindTo(engine);
    start(new byte[16]);
    aes = sunAes();
  }

  private static Cipher sunAes() throws GeneralSecurityException {
    Cipher aes = Cipher.getInstance("AES/ECB/NoPadding", "SunJCE");
    aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(new byte[32], "AES"));
    return aes;
  }

  private void start(byte[] tweak) throws Throwable {
    Object made = parameters.invoke(key, 10, tweak);
    init.invoke(true, made);
  }

  @Benchmark
  public byte[] bcprovSameTweak() throws Throwable {
    int done = (int) process.invoke(in, 0, in.length, out, 0);
    in[0] = (byte) (done % 10);
    return out;
  }

  @Benchmark
  public byte[] bcprovTweakEach() throws Throwable {
    byte[] tweak = new byte[16];
    tweak[0] = turn++;
    start(tweak);
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
