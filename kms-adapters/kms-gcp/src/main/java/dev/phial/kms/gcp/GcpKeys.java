package dev.phial.kms.gcp;

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
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * Calls of Cloud KMS (v1). What is sent and what comes back is checked by CRC-32C, as Google asks of its clients: a bit that
 * flips between us and the HSM is noticed.
 */
final class GcpKeys {
  private static final Pattern KEY = Pattern.compile(
      "projects/[a-z0-9.:-]{1,64}/locations/[a-z0-9-]{1,64}/keyRings/[A-Za-z0-9_-]{1,63}/cryptoKeys/[A-Za-z0-9_-]{1,63}");
  private static final int UNAUTHORIZED = 401;

  private final String name;
  private final RestClient rest;
  private final URI endpoint;
  private final AccessTokens tokens;

  GcpKeys(String name, RestClient rest, URI endpoint, AccessTokens tokens) {
    this.name = name;
    this.rest = rest;
    this.endpoint = endpoint;
    this.tokens = tokens;
  }

  Json describe(String key) {
    URI uri = uri(key, "");
    return answered(key, false, headers -> rest.get(uri, headers));
  }

  /** Encrypts or decrypts: {@code in} is the name of the field that goes, {@code out} of the one that comes. */
  Json crypt(String key, String operation, String in, byte[] input, byte[] associated) {
    URI uri = uri(key, ":" + operation);
    Map<String, String> body = Map.of(
        in,
        base64(input),
        in + "Crc32c",
        crc(input),
        "additionalAuthenticatedData",
        base64(associated),
        "additionalAuthenticatedDataCrc32c",
        crc(associated));
    boolean opening = operation.equals("decrypt");
    return answered(key, opening, headers -> rest.postJson(uri, headers, body));
  }

  /** The bytes of a field, if they arrived as they were sent. */
  byte[] checked(Json answer, String field) {
    try {
      byte[] bytes = Base64.getDecoder().decode(answer.text(field));
      if (bytes.length > 0 && crc(bytes).equals(answer.text(field + "Crc32c"))) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      throw damaged();
    }
    throw damaged();
  }

  KmsUnavailableException damaged() {
    return KmsUnavailableException.passing(
        "kms '" + name + "': a message to or from Cloud KMS was damaged on its way");
  }

  private Json answered(String key, boolean opening, Function<Map<String, String>, Answer> call) {
    String token = tokens.current();
    Answer answer = call.apply(authorization(token));
    if (answer.status() == UNAUTHORIZED) {
      tokens.refused(token);
      answer = call.apply(authorization(tokens.current()));
    }
    if (!answer.ok()) {
      throw refused(key, opening, answer);
    }
    return answer.json();
  }

  private static Map<String, String> authorization(String token) {
    return Map.of("Authorization", "Bearer " + token);
  }

  private KmsException refused(String key, boolean opening, Answer answer) {
    String status = answer.json().text("error.status");
    String what = "kms '" + name + "': Cloud KMS answers "
        + (status.matches("[A-Z_]{1,40}") ? status : "") + " (status " + answer.status() + ") for "
        + key;
    return switch (status) {
      case "NOT_FOUND" -> new KeyNotFoundException(what);
      case "INVALID_ARGUMENT" ->
        opening
            ? new InvalidWrappedKeyException(
                what + ": tampered with, or another tenant's, purpose's or version's")
            : KmsUnavailableException.lasting(what);
      case "FAILED_PRECONDITION" ->
        new AccessDeniedException(what + ": the key or its version is disabled or destroyed");
      case "PERMISSION_DENIED", "UNAUTHENTICATED" ->
        new AccessDeniedException(
            what + ": grant roles/cloudkms.cryptoKeyEncrypterDecrypter and cloudkms.viewer");
      case "RESOURCE_EXHAUSTED", "UNAVAILABLE", "INTERNAL", "DEADLINE_EXCEEDED", "ABORTED" ->
        KmsUnavailableException.passing(what);
      default ->
        answer.status() >= 500 || answer.status() == 429
            ? KmsUnavailableException.passing(what)
            : KmsUnavailableException.lasting(what);
    };
  }

  /** A name that would change the path is not one of a key. */
  private URI uri(String key, String operation) {
    if (!KEY.matcher(key).matches()) {
      throw new KeyNotFoundException("kms '" + name + "': '" + key
          + "' is not a key's resource name, projects/P/locations/L/keyRings/R/cryptoKeys/K");
    }
    return endpoint.resolve("/v1/" + key + operation);
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static String crc(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return Long.toString(crc.getValue());
  }
}
