package dev.phial.kms.vault;

import dev.phial.kms.KeyNotFoundException;
import dev.phial.kms.KmsUnavailableException;
import io.github.jopenlibs.vault.VaultException;
import io.github.jopenlibs.vault.api.Logical;
import io.github.jopenlibs.vault.json.Json;
import io.github.jopenlibs.vault.json.JsonObject;
import io.github.jopenlibs.vault.json.ParseException;
import io.github.jopenlibs.vault.rest.RestResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Calls of the transit engine at a mount. A token that Vault does not take any more is replaced once, by a new login, before
 * the refusal counts.
 */
final class Transit {
  private static final int OK = 200;
  private static final int FORBIDDEN = 403;

  private final String name;
  private final VaultSession session;
  private final String mount;

  Transit(String name, VaultSession session, String mount) {
    this.name = name;
    this.session = session;
    this.mount = mount;
  }

  /** What Vault tells of a key. */
  TransitKey key(String key) {
    return TransitKey.of(
        call(key, logical -> logical.read(mount + "/keys/" + named(key)).getRestResponse()));
  }

  /** Does something with a key; gives the answer's data. */
  JsonObject write(String operation, String key, Map<String, Object> request) {
    String path = mount + "/" + operation + "/" + named(key);
    return call(key, logical -> logical.write(path, request).getRestResponse());
  }

  private JsonObject call(String key, Call call) {
    VaultLease lease = session.current();
    try {
      return data(key, call.on(lease.client().logical()));
    } catch (VaultException e) {
      if (e.getHttpStatusCode() != FORBIDDEN) {
        throw VaultFailures.of(name, key, e);
      }
      return again(key, call, session.after(lease));
    }
  }

  private JsonObject again(String key, Call call, VaultLease lease) {
    try {
      return data(key, call.on(lease.client().logical()));
    } catch (VaultException e) {
      throw VaultFailures.of(name, key, e);
    }
  }

  private JsonObject data(String key, RestResponse response) throws VaultException {
    if (response.getStatus() == FORBIDDEN) {
      throw new VaultException("permission denied", FORBIDDEN);
    }
    if (response.getStatus() != OK) {
      throw VaultFailures.of(name, key, response);
    }
    try {
      String body = new String(response.getBody(), StandardCharsets.UTF_8);
      if (Json.parse(body) instanceof JsonObject answer
          && answer.get("data") instanceof JsonObject data) {
        return data;
      }
    } catch (ParseException e) {
      throw KmsUnavailableException.passing("kms '" + name + "': what answers is not Vault", e);
    }
    throw KmsUnavailableException.passing("kms '" + name + "': what answers is not Vault");
  }

  /** A name that would change the path is not one of a key. */
  private String named(String key) {
    if (!key.matches("[A-Za-z0-9_.-]{1,256}") || key.startsWith(".")) {
      throw new KeyNotFoundException(
          "kms '" + name + "': '" + key + "' cannot be the name of a transit key");
    }
    return key;
  }

  private interface Call {
    RestResponse on(Logical logical) throws VaultException;
  }
}
