package dev.phial.kms.pkcs11;

import dev.phial.kms.AccessDeniedException;
import dev.phial.kms.KmsUnavailableException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.Provider;
import java.security.ProviderException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;

/** A login to a token, and the keys found through it. Of no use any more when the session is lost. Thread-safe. */
final class TokenSession {
  private static final int KEK_BITS = 256;
  private static final int CHECK_BYTES = 8;
  private static final int BLOCK_BYTES = 16;

  private final String name;
  private final Provider provider;
  private final KeyStore keys;
  private final Map<KekLabel, TokenKey> found = new ConcurrentHashMap<>();

  TokenSession(String name, Provider provider, KeyStore keys) {
    this.name = name;
    this.provider = provider;
    this.keys = keys;
  }

  Provider provider() {
    return provider;
  }

  /** The newest version of a KEK, asked of the token anew: administrators add keys while we run. */
  Optional<TokenKey> current(String kek) throws GeneralSecurityException {
    Optional<KekLabel> newest;
    synchronized (keys) {
      load();
      newest = Collections.list(keys.aliases()).stream()
          .flatMap(label -> KekLabel.parse(label).stream())
          .filter(label -> label.name().equals(kek))
          .max(KekLabel.BY_NUMBER);
    }
    return newest.isPresent() ? key(newest.get()) : Optional.empty();
  }

  /** A version of a KEK, if the token has it. */
  Optional<TokenKey> key(KekLabel label) throws GeneralSecurityException {
    TokenKey known = found.get(label);
    if (known != null) {
      return Optional.of(known);
    }
    Key key;
    synchronized (keys) {
      load();
      key = keys.getKey(label.toString(), null);
    }
    if (!(key instanceof SecretKey secret) || !secret.getAlgorithm().equals("AES")) {
      return Optional.empty();
    }
    TokenKey fresh = new TokenKey(label, secret, check(secret));
    found.put(label, fresh);
    return Optional.of(fresh);
  }

  /** Whether the token still works with a key as it did. */
  boolean alive(TokenKey key) {
    try {
      return check(key.key()).equals(key.check());
    } catch (GeneralSecurityException | ProviderException e) {
      return false;
    }
  }

  /** Makes a KEK that never leaves the token, unless there is one of that name. */
  void createIfMissing(String kek) {
    try {
      if (current(kek).isEmpty()) {
        KeyGenerator generator = KeyGenerator.getInstance("AES", provider);
        generator.init(KEK_BITS);
        synchronized (keys) {
          keys.setKeyEntry(kek, generator.generateKey(), null, null);
        }
      }
    } catch (GeneralSecurityException | ProviderException e) {
      throw new AccessDeniedException(
          "kms '" + name + "': the token does not make the key '" + kek + "' (" + Causes.code(e)
              + "); make it with the vendor's tools, or allow it",
          e);
    }
  }

  /**
   * The key check value: the beginning of a block of zeros, encrypted. It tells one key from another under the same label;
   * it is what HSM vendors show, and tells nothing of use about the key.
   */
  private String check(SecretKey key) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding", provider);
    cipher.init(Cipher.ENCRYPT_MODE, key);
    return HexFormat.of().formatHex(cipher.doFinal(new byte[BLOCK_BYTES]), 0, CHECK_BYTES);
  }

  private void load() throws GeneralSecurityException {
    try {
      keys.load(null, null);
    } catch (IOException e) {
      throw KmsUnavailableException.passing(
          "kms '" + name + "': the token does not show its keys (" + Causes.code(e) + ")", e);
    }
  }
}
