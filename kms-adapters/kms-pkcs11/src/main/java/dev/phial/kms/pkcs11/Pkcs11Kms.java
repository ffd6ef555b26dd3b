package dev.phial.kms.pkcs11;

import dev.phial.kms.AccessDeniedException;
import dev.phial.kms.BlockingKms;
import dev.phial.kms.InvalidWrappedKeyException;
import dev.phial.kms.KekDescription;
import dev.phial.kms.KekRef;
import dev.phial.kms.KekVersion;
import dev.phial.kms.KeyNotFoundException;
import dev.phial.kms.KmsUnavailableException;
import dev.phial.kms.WrapContext;
import dev.phial.kms.WrappedKey;
import java.security.GeneralSecurityException;
import java.security.ProviderException;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import javax.crypto.AEADBadTagException;

/**
 * KEKs in a token. When the token refuses work in a way that a lost session explains, the work is tried once more in a new
 * session; a token that is away is a passing fault.
 */
final class Pkcs11Kms implements BlockingKms {
  private static final Pattern ID = Pattern.compile("([1-9][0-9]{0,5})\\.[0-9a-f]{16}");

  /** What stays refused in any session. */
  private static final Set<String> DENIED = Set.of(
      "CKR_KEY_FUNCTION_NOT_PERMITTED", "CKR_MECHANISM_INVALID", "CKR_KEY_TYPE_INCONSISTENT");

  private final String name;
  private final Token token;

  Pkcs11Kms(String name, Token token) {
    this.name = name;
    this.token = token;
  }

  @Override
  public WrappedKey wrap(KekRef kek, byte[] key, WrapContext context) {
    return inSession(session -> {
      TokenKey current = current(session, kek);
      return WrappedKey.of(
          current.version(kek), TokenGcm.wrap(session.provider(), current, key, context));
    });
  }

  @Override
  public byte[] unwrap(WrappedKey wrapped, WrapContext context) {
    return inSession(session -> {
      TokenKey kek = version(session, wrapped.kekVersion());
      byte[] checked = TokenGcm.checked(wrapped);
      try {
        return TokenGcm.unwrap(session.provider(), kek, checked, context);
      } catch (AEADBadTagException e) {
        if (session.alive(kek)) {
          throw invalid(wrapped, e);
        }
        throw e;
      }
    });
  }

  @Override
  public WrappedKey rewrap(WrappedKey wrapped, KekRef kek, WrapContext context) {
    byte[] key = unwrap(wrapped, context);
    try {
      return wrap(kek, key, context);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  @Override
  public KekDescription describe(KekRef kek) {
    return inSession(session -> new KekDescription(
        current(session, kek).version(kek), "AES-256-GCM, KEK in a PKCS#11 token", true));
  }

  @Override
  public void close() {
    // Nothing to end: the login belongs to the process, and keys are the token's.
  }

  /** Modules say that a tag is wrong with a general error; so does a token that was pulled. Hence the question before. */
  private static InvalidWrappedKeyException invalid(WrappedKey wrapped, AEADBadTagException e) {
    return new InvalidWrappedKeyException(
        "not a key that " + wrapped.kekVersion() + " wrapped for this use: tampered with, or"
            + " another tenant's, purpose's or version's",
        e);
  }

  private TokenKey current(TokenSession session, KekRef kek) throws GeneralSecurityException {
    return session
        .current(kek.key())
        .orElseThrow(() -> new KeyNotFoundException("kms '" + name + "': the token has no AES key '"
            + kek.key() + "'; make it, or set create: true and kek: " + kek.key()));
  }

  private TokenKey version(TokenSession session, KekVersion version)
      throws GeneralSecurityException {
    var id = ID.matcher(version.id());
    if (id.matches()) {
      KekLabel label = new KekLabel(version.kek().key(), Integer.parseInt(id.group(1)));
      var key = session.key(label).filter(found -> found.id().equals(version.id()));
      if (key.isPresent()) {
        return key.get();
      }
    }
    throw new KeyNotFoundException("kms '" + name + "': the token has no KEK version " + version
        + "; if the token was replaced, restore its keys from the vendor's backup");
  }

  private <T> T inSession(Work<T> work) {
    TokenSession session = token.session();
    try {
      return work.in(session);
    } catch (GeneralSecurityException | ProviderException | KmsUnavailableException lost) {
      return inNewSession(work, session);
    }
  }

  private <T> T inNewSession(Work<T> work, TokenSession lost) {
    try {
      return work.in(token.after(lost));
    } catch (AEADBadTagException e) {
      throw KmsUnavailableException.passing("kms '" + name + "': the token fails", e);
    } catch (GeneralSecurityException | ProviderException e) {
      String code = Causes.code(e);
      String what = "kms '" + name + "': the token refuses the work (" + code + ")";
      throw DENIED.contains(code)
          ? new AccessDeniedException(what + "; allow AES-GCM with this key to this user", e)
          : KmsUnavailableException.passing(what, e);
    }
  }

  private interface Work<T> {
    T in(TokenSession session) throws GeneralSecurityException;
  }
}
