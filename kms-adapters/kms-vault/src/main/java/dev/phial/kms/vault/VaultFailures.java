package dev.phial.kms.vault;

import dev.phial.kms.AccessDeniedException;
import dev.phial.kms.InvalidWrappedKeyException;
import dev.phial.kms.KeyNotFoundException;
import dev.phial.kms.KmsException;
import dev.phial.kms.KmsUnavailableException;
import io.github.jopenlibs.vault.VaultException;
import io.github.jopenlibs.vault.rest.RestResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What Vault answers instead of doing something, in our words. Its own words are looked at, and not repeated. */
final class VaultFailures {
  private VaultFailures() {}

  /** A login or a look at our own token that failed. */
  static KmsException login(String name, VaultException e) {
    int status = e.getHttpStatusCode();
    return status >= 400 && status < 500 && status != 412 && status != 429
        ? new AccessDeniedException("kms '" + name + "': Vault refuses the login (status " + status
            + "); look at the settings under auth, and at the method and its roles in Vault")
        : unavailable(name, status, e);
  }

  /** What the driver throws has the answer's status, if there was one, and its body as text. */
  static KmsException of(String name, String key, VaultException e) {
    return of(name, key, e.getHttpStatusCode(), String.valueOf(e.getMessage()), e);
  }

  /** An answer to an operation with a key that is not what was asked for. */
  static KmsException of(String name, String key, RestResponse response) {
    String body = new String(response.getBody(), StandardCharsets.UTF_8);
    return of(name, key, response.getStatus(), body, null);
  }

  private static KmsException of(
      String name, String key, int status, String text, @Nullable Throwable cause) {
    String error = text.toLowerCase(Locale.ROOT);
    String who = "kms '" + name + "': ";
    if (status == 403) {
      return new AccessDeniedException(
          who + "Vault's policies do not allow this with key '" + key + "'");
    }
    if (error.contains("no handler for route")) {
      return KmsUnavailableException.lasting(
          who + "Vault has no transit engine there; look at mount and namespace");
    }
    if (status == 404 || error.contains("key not found")) {
      return new KeyNotFoundException(who + "Vault's transit engine has no key '" + key + "'");
    }
    if (error.contains("too old")) {
      return new AccessDeniedException(who + "key '" + key
          + "' does not open versions this old any more; lower its min_decryption_version");
    }
    if (error.contains("invalid ciphertext")
        || error.contains("authentication failed")
        || error.contains("unable to decrypt")) {
      return new InvalidWrappedKeyException(who + "not a key that '" + key
          + "' wrapped for this use: tampered with, or another tenant's, purpose's or version's");
    }
    if (status == 400 || status == 405) {
      return KmsUnavailableException.lasting(who + "Vault does not take what is asked of key '"
          + key + "' (status " + status + "); its type must be one that takes associated data");
    }
    return unavailable(name, status, cause);
  }

  private static KmsException unavailable(String name, int status, @Nullable Throwable e) {
    String what = switch (status) {
      case 0 -> "cannot be reached";
      case 429 -> "has too much to do (status 429)";
      case 412 -> "has not yet the state that is asked for (status 412)";
      case 503 -> "is sealed or in maintenance (status 503)";
      default -> "fails (status " + status + ")";
    };
    String message = "kms '" + name + "': Vault " + what;
    return e == null
        ? KmsUnavailableException.passing(message)
        : KmsUnavailableException.passing(message, e);
  }
}
