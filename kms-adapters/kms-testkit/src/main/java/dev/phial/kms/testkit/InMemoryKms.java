package dev.phial.kms.testkit;

import dev.phial.kms.InvalidWrappedKeyException;
import dev.phial.kms.KekDescription;
import dev.phial.kms.KekRef;
import dev.phial.kms.KekVersion;
import dev.phial.kms.KeyNotFoundException;
import dev.phial.kms.Kms;
import dev.phial.kms.KmsUnavailableException;
import dev.phial.kms.WrapContext;
import dev.phial.kms.WrappedKey;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A KMS whose KEKs live in this object: real wrapping with the JDK's AES-GCM, real refusals, no network. Thread-safe.
 *
 * <p>KEKs are derived from nothing but {@link #add}: what one instance wrapped another opens if it was given the same
 * bytes, which is how a test stands in for a service that survives a process.
 */
public final class InMemoryKms implements Kms {
  private static final String TRANSFORMATION = "AES/GCM/NoPadding";
  private static final int IV_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final Map<KekRef, KekVersion> current = new ConcurrentHashMap<>();
  private final Map<KekVersion, SecretKeySpec> keks = new ConcurrentHashMap<>();
  private final SecureRandom random = new SecureRandom();
  private volatile boolean closed;

  /** A KMS with one KEK of random bytes. */
  public static InMemoryKms with(KekRef kek) {
    byte[] material = new byte[32];
    new SecureRandom().nextBytes(material);
    return new InMemoryKms().add(new KekVersion(kek, "1"), material);
  }

  /** Adds a KEK version of 32 bytes and makes it the one that wraps. */
  public InMemoryKms add(KekVersion version, byte[] material) {
    keks.put(version, new SecretKeySpec(material, "AES"));
    current.put(version.kek(), version);
    return this;
  }

  @Override
  public CompletionStage<WrappedKey> wrap(KekRef kek, byte[] key, WrapContext context) {
    if (key.length < MIN_KEY_BYTES || key.length > MAX_KEY_BYTES) {
      throw new IllegalArgumentException(
          "a data key has " + MIN_KEY_BYTES + " to " + MAX_KEY_BYTES + " bytes");
    }
    return stage(() -> {
      KekVersion version = version(kek);
      byte[] iv = new byte[IV_BYTES];
      random.nextBytes(iv);
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, version, iv, context).doFinal(key);
      return WrappedKey.of(
          version,
          ByteBuffer.allocate(IV_BYTES + sealed.length).put(iv).put(sealed).array());
    });
  }

  @Override
  public CompletionStage<byte[]> unwrap(WrappedKey wrapped, WrapContext context) {
    return stage(() -> {
      if (!keks.containsKey(wrapped.kekVersion())) {
        throw new KeyNotFoundException("no KEK version " + wrapped.kekVersion());
      }
      try {
        byte[] bytes = wrapped.bytes();
        if (bytes.length < IV_BYTES + MIN_KEY_BYTES + TAG_BITS / Byte.SIZE) {
          throw new GeneralSecurityException("too short");
        }
        byte[] iv = Arrays.copyOf(bytes, IV_BYTES);
        Cipher cipher = cipher(Cipher.DECRYPT_MODE, wrapped.kekVersion(), iv, context);
        return cipher.doFinal(bytes, IV_BYTES, bytes.length - IV_BYTES);
      } catch (GeneralSecurityException e) {
        throw new InvalidWrappedKeyException(
            "not a key that " + wrapped.kekVersion() + " wrapped for this use", e);
      }
    });
  }

  @Override
  public CompletionStage<KekDescription> describe(KekRef kek) {
    return stage(() -> new KekDescription(version(kek), "AES-256-GCM in memory", true));
  }

  @Override
  public void close() {
    closed = true;
  }

  private <T> CompletionStage<T> stage(Callable<T> operation) {
    if (closed) {
      return CompletableFuture.failedStage(KmsUnavailableException.lasting("the KMS was closed"));
    }
    try {
      return CompletableFuture.completedStage(operation.call());
    } catch (Exception e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private KekVersion version(KekRef kek) {
    KekVersion version = current.get(kek);
    if (version == null) {
      throw new KeyNotFoundException("no KEK " + kek);
    }
    return version;
  }

  private Cipher cipher(int mode, KekVersion version, byte[] iv, WrapContext context)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(TRANSFORMATION);
    cipher.init(mode, keks.get(version), new GCMParameterSpec(TAG_BITS, iv));
    cipher.updateAAD(context.encoded());
    return cipher;
  }
}
