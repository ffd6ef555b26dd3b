package dev.phial.kms.local;

import dev.phial.kms.AccessDeniedException;
import dev.phial.kms.InvalidWrappedKeyException;
import dev.phial.kms.KekDescription;
import dev.phial.kms.KekRef;
import dev.phial.kms.KekVersion;
import dev.phial.kms.KeyNotFoundException;
import dev.phial.kms.Kms;
import dev.phial.kms.KmsException;
import dev.phial.kms.KmsUnavailableException;
import dev.phial.kms.WrapContext;
import dev.phial.kms.WrappedKey;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import javax.crypto.SecretKey;
import javax.security.auth.DestroyFailedException;

/**
 * KEKs in memory, as loaded from the keystore. An operation takes tens of microseconds and is done before it returns.
 * Thread-safe.
 */
final class LocalKms implements Kms {
  /** The approved module's provider. */
  static final String PROVIDER = "BCFIPS";

  private final String name;
  private final Map<KekVersion, SecretKey> keks = new HashMap<>();
  private final Map<KekRef, KekVersion> current = new HashMap<>();
  private volatile boolean closed;

  /** Of the versions of a KEK, the last in the order of {@code keks} wraps. */
  LocalKms(String name, Map<KekAlias, SecretKey> keks) {
    this.name = name;
    keks.keySet().stream()
        .sorted()
        .map(alias -> alias.version(name))
        .forEach(version -> current.put(version.kek(), version));
    keks.forEach((alias, kek) -> this.keks.put(alias.version(name), kek));
  }

  @Override
  public CompletionStage<WrappedKey> wrap(KekRef kek, byte[] key, WrapContext context) {
    if (key.length < MIN_KEY_BYTES || key.length > MAX_KEY_BYTES) {
      throw new IllegalArgumentException(
          "a data key has " + MIN_KEY_BYTES + " to " + MAX_KEY_BYTES + " bytes");
    }
    return stage(() -> {
      KekVersion version = current(kek);
      try {
        return WrappedKey.of(version, GcmKeyWrap.wrap(key(version), version, key, context));
      } catch (GeneralSecurityException | RuntimeException | AssertionError e) {
        throw closed
            ? closed()
            : new AccessDeniedException("the module refused to wrap under " + kek, e);
      }
    });
  }

  @Override
  public CompletionStage<byte[]> unwrap(WrappedKey wrapped, WrapContext context) {
    return stage(() -> {
      KekVersion version = wrapped.kekVersion();
      SecretKey kek = key(version);
      try {
        return GcmKeyWrap.unwrap(kek, version, wrapped.bytes(), context);
      } catch (GeneralSecurityException | RuntimeException | AssertionError e) {
        throw closed
            ? closed()
            : new InvalidWrappedKeyException(
                "not a key that " + version + " wrapped for this use: tampered with, or"
                    + " another tenant's, purpose's or version's",
                e);
      }
    });
  }

  @Override
  public CompletionStage<KekDescription> describe(KekRef kek) {
    return stage(() -> new KekDescription(current(kek), "AES-256-GCM, KEK in a BCFKS file", true));
  }

  @Override
  public void close() {
    closed = true;
    keks.values().forEach(LocalKms::destroy);
  }

  private <T> CompletionStage<T> stage(Supplier<T> operation) {
    if (closed) {
      return CompletableFuture.failedStage(closed());
    }
    try {
      return CompletableFuture.completedStage(operation.get());
    } catch (KmsException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private KekVersion current(KekRef kek) {
    KekVersion version = current.get(kek);
    if (version == null) {
      throw new KeyNotFoundException(
          "kms '" + name + "' has no KEK " + kek + "; it has " + current.keySet());
    }
    return version;
  }

  private SecretKey key(KekVersion version) {
    SecretKey key = keks.get(version);
    if (key == null) {
      throw new KeyNotFoundException("kms '" + name + "' has no KEK version " + version
          + "; if its keystore was created anew, restore the old one from a backup");
    }
    return key;
  }

  private KmsException closed() {
    return KmsUnavailableException.lasting("kms '" + name + "' was closed");
  }

  private static void destroy(SecretKey kek) {
    try {
      kek.destroy();
    } catch (DestroyFailedException e) {
      // Not every key class can; the reference goes with this object.
      return;
    }
  }
}
