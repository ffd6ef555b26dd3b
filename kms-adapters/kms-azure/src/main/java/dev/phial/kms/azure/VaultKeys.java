package dev.phial.kms.azure;

import dev.phial.kms.AccessDeniedException;
import dev.phial.kms.InvalidWrappedKeyException;
import dev.phial.kms.KeyNotFoundException;
import dev.phial.kms.KmsException;
import dev.phial.kms.KmsUnavailableException;
import dev.phial.kms.rest.AccessTokens;
import dev.phial.kms.rest.Answer;
import dev.phial.kms.rest.Json;
import dev.phial.kms.rest.RestClient;
import java.net.URI;
import java.util.Base64;
import java.util.Map;
import java.util.function.Function;

/** Calls of Key Vault (7.4). */
final class VaultKeys {
  private static final String VERSION = "?api-version=7.4";
  private static final int UNAUTHORIZED = 401;

  private final String name;
  private final RestClient rest;
  private final URI vault;
  private final AccessTokens tokens;

  VaultKeys(String name, RestClient rest, URI vault, AccessTokens tokens) {
    this.name = name;
    this.rest = rest;
    this.vault = vault;
    this.tokens = tokens;
  }

  /** The newest version of a key. */
  VaultKey current(String key) {
    return VaultKey.of(get(key, ""));
  }

  /** One version of a key. */
  VaultKey version(String key, String version) {
    if (!version.matches("[0-9a-f]{32}")) {
      throw new KeyNotFoundException(
          "kms '" + name + "': '" + version + "' is not a version of a Key Vault key");
    }
    return VaultKey.of(get(key, "/" + version));
  }

  byte[] wrap(String key, VaultKey version, byte[] value) {
    return crypt(key, version, "wrapkey", value);
  }

  byte[] unwrap(String key, VaultKey version, byte[] value) {
    return crypt(key, version, "unwrapkey", value);
  }

  private Json get(String key, String version) {
    URI uri = uri(key, version);
    return answered(key, false, headers -> rest.get(uri, headers));
  }

  private byte[] crypt(String key, VaultKey version, String operation, byte[] value) {
    URI uri = uri(key, "/" + version.version() + "/" + operation);
    Map<String, String> body = Map.of(
        "alg",
        version.algorithm(),
        "value",
        Base64.getUrlEncoder().withoutPadding().encodeToString(value));
    boolean opening = operation.equals("unwrapkey");
    Json answer = answered(key, opening, headers -> rest.postJson(uri, headers, body));
    try {
      return Base64.getUrlDecoder().decode(answer.text("value"));
    } catch (IllegalArgumentException e) {
      throw KmsUnavailableException.passing("kms '" + name + "': what answers is not Key Vault", e);
    }
  }

  private Json answered(String key, boolean opening, Function<Map<String, String>, Answer> call) {
    String token = tokens.current();
    Answer answer = call.apply(Map.of("Authorization", "Bearer " + token));
    if (answer.status() == UNAUTHORIZED) {
      tokens.refused(token);
      answer = call.apply(Map.of("Authorization", "Bearer " + tokens.current()));
    }
    if (!answer.ok()) {
      throw refused(key, opening, answer);
    }
    return answer.json();
  }

  private KmsException refused(String key, boolean opening, Answer answer) {
    int status = answer.status();
    String what =
        "kms '" + name + "': Key Vault answers with status " + status + " for key '" + key + "'";
    boolean disabled = answer.json().text("error.innererror.code").equals("KeyDisabled");
    if (status == 404) {
      return new KeyNotFoundException(what);
    }
    if (status == 401 || status == 403 || disabled) {
      return new AccessDeniedException(what + ": "
          + (disabled
              ? "it is disabled"
              : "grant the role Key Vault Crypto Service Encryption User"));
    }
    if (status == 400 && opening) {
      return new InvalidWrappedKeyException(what + ": not a key that it wrapped");
    }
    return status == 429 || status >= 500
        ? KmsUnavailableException.passing(what)
        : KmsUnavailableException.lasting(what);
  }

  /** A name that would change the path is not one of a key. */
  private URI uri(String key, String rest) {
    if (!key.matches("[A-Za-z0-9-]{1,127}")) {
      throw new KeyNotFoundException(
          "kms '" + name + "': '" + key + "' cannot be the name of a Key Vault key");
    }
    return vault.resolve("/keys/" + key + rest + VERSION);
  }
}
