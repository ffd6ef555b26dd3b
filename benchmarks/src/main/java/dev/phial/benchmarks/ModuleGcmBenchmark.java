package dev.phial.benchmarks;

import dev.phial.crypto.fips.FipsModule;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The module's own AES-256-GCM as a program would call it: a cached cipher under one key, a new IV by counting, init,
 * associated data of the envelope's length, doFinal. The yardstick, not an example to follow.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ModuleGcmBenchmark {
  @Param({"16", "1024"})
  private int size = 16;

  private final FipsModule module = FipsModule.start();
  private final SecretKeySpec key = new SecretKeySpec(new byte[32], "AES");
  private final Cipher encrypting = cipher();
  private final Cipher decrypting = cipher();
  private final byte[] associated = new byte[117];
  private final byte[] iv = new byte[12];
  private long messages;
  private byte[] plaintext = {};
  private byte[] sealed = {};

  private Cipher cipher() {
    try {
      return Cipher.getInstance("AES/GCM/NoPadding", module.provider());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Setup
  public void prepare() throws GeneralSecurityException {
    plaintext = new byte[size];
    sealed = encrypt();
  }

  @Benchmark
  public byte[] encrypt() throws GeneralSecurityException {
    ByteBuffer.wrap(iv).putLong(++messages);
    encrypting.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, iv));
    encrypting.updateAAD(associated);
    return encrypting.doFinal(plaintext);
  }

  @Benchmark
  public byte[] decrypt() throws GeneralSecurityException {
    byte[] ivOfSealed = new byte[12];
    ByteBuffer.wrap(ivOfSealed).putLong(1);
    decrypting.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(128, ivOfSealed));
    decrypting.updateAAD(associated);
    return decrypting.doFinal(sealed);
  }
}
