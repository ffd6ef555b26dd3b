package dev.phial.kms.pkcs11;

import dev.phial.kms.AccessDeniedException;
import dev.phial.kms.KmsUnavailableException;
import dev.phial.kms.SecretSource;
import java.nio.file.Path;
import java.security.AuthProvider;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.util.Arrays;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One token of a module: logs in, and again when the session was lost. A PIN that the token refused is not tried a second
 * time, because tokens lock after a few. Thread-safe.
 *
 * <p>Nobody logs out: in PKCS#11 that would end the login of the whole process.
 */
final class Token {
  private static final Logger LOG = LoggerFactory.getLogger(Token.class);

  private final String name;
  private final Path library;
  private final SlotChoice slot;
  private final SecretSource pin;
  private @Nullable TokenSession session;
  private @Nullable AccessDeniedException refused;

  /**
   * @param name the KMS's configured name
   * @param library the module
   * @param slot which token
   * @param pin where the user's PIN is
   */
  Token(String name, Path library, SlotChoice slot, SecretSource pin) {
    this.name = name;
    this.library = library;
    this.slot = slot;
    this.pin = pin;
  }

  /** The session, begun when there is none. */
  synchronized TokenSession session() {
    TokenSession current = session;
    if (current == null) {
      current = begin();
      session = current;
    }
    return current;
  }

  /** Another session than the one that was lost: many may notice one loss, and only the first begins anew. */
  synchronized TokenSession after(TokenSession lost) {
    if (session == lost) {
      session = null;
    }
    return session();
  }

  private TokenSession begin() {
    if (refused != null) {
      throw refused;
    }
    try {
      Provider provider = provider();
      login((AuthProvider) provider);
      KeyStore keys = KeyStore.getInstance("PKCS11", provider);
      return new TokenSession(name, provider, keys);
    } catch (FailedLoginException e) {
      AccessDeniedException wrong = new AccessDeniedException(
          "kms '" + name + "': the token refuses the PIN (" + Causes.code(e)
              + "); it is not tried again, so that the token does not lock: mend it and restart",
          e);
      refused = wrong;
      throw wrong;
    } catch (GeneralSecurityException | ProviderException e) {
      throw KmsUnavailableException.passing(
          "kms '" + name + "': the token cannot be used (" + Causes.code(e) + ")", e);
    }
  }

  private Provider provider() {
    if (slot instanceof SlotChoice.ByIndex byIndex) {
      return configure("slotListIndex = " + byIndex.index());
    }
    loadModule();
    String label = ((SlotChoice.ByLabel) slot).label();
    return configure("slot = " + new Slots(name, library).withLabel(label));
  }

  /** The JDK loads and initialises the module, whether or not it can use the slot that is asked for first. */
  private void loadModule() {
    try {
      Provider unused = configure("slotListIndex = 0");
    } catch (ProviderException e) {
      LOG.debug("the first slot of kms '{}' cannot be used ({})", name, Causes.code(e));
    }
  }

  /** Keys are made as session objects first; storing under a label makes them the token's. */
  private Provider configure(String choice) {
    Provider blank = Security.getProvider("SunPKCS11");
    if (blank == null) {
      throw KmsUnavailableException.lasting(
          "kms '" + name + "': this Java has no SunPKCS11 provider (module jdk.crypto.cryptoki)");
    }
    return blank.configure(String.join(
        "\n",
        "--name = phial-" + name,
        "library = " + library,
        choice,
        "attributes(generate, CKO_SECRET_KEY, CKK_AES) = {",
        "  CKA_TOKEN = false",
        "  CKA_PRIVATE = true",
        "  CKA_SENSITIVE = true",
        "  CKA_EXTRACTABLE = false",
        "  CKA_ENCRYPT = true",
        "  CKA_DECRYPT = true",
        "  CKA_WRAP = false",
        "  CKA_UNWRAP = false",
        "  CKA_SIGN = false",
        "  CKA_VERIFY = false",
        "}",
        ""));
  }

  private void login(AuthProvider provider) throws LoginException {
    char[] secret = pin.read();
    try {
      provider.login(null, callbacks -> {
        for (Callback callback : callbacks) {
          if (callback instanceof PasswordCallback password) {
            password.setPassword(secret);
          }
        }
      });
    } finally {
      Arrays.fill(secret, '\0');
    }
  }
}
