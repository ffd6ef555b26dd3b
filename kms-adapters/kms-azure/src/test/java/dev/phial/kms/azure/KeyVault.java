package dev.phial.kms.azure;

import com.fasterxml.jackson.databind.JsonNode;
import dev.phial.kms.testkit.RestDouble;
import dev.phial.kms.testkit.RestDouble.Reply;
import dev.phial.kms.testkit.RestDouble.Request;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.MGF1ParameterSpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;

/** A double of Key Vault 7.4 and of Entra's token endpoint. Checks what the real ones check. */
final class KeyVault implements RestDouble.Handler {
  static final String SECRET = "an example secret~1";
  private static final String VAULT = "https://clinic.vault.azure.net";
  private static final Pattern PATH = Pattern.compile(
      "/keys/([A-Za-z0-9-]+)(?:/([0-9a-f]{32}))?(?:/(wrapkey|unwrapkey))?\\?api-version=7\\.4");
  private static final OAEPParameterSpec OAEP = new OAEPParameterSpec(
      "SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT);

  private final List<String> order = new CopyOnWriteArrayList<>();
  private final Map<String, KeyPair> versions = new ConcurrentHashMap<>();
  final AtomicInteger tokens = new AtomicInteger();
  volatile boolean enabled = true;
  volatile String type = "RSA-HSM";

  KeyVault() throws GeneralSecurityException {
    rotate();
  }

  void rotate() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA", "SunRsaSign");
    generator.initialize(2048);
    String version = String.format("%032x", order.size() + 0xa1);
    versions.put(version, generator.generateKeyPair());
    order.add(version);
  }

  @Override
  public Reply handle(Request request) throws Exception {
    if (request.path().equals("/clinic.example.org/oauth2/v2.0/token")) {
      return token(request.text());
    }
    if (!request.token().equals("token-" + tokens.get())) {
      return error(401, "Unauthorized", "");
    }
    Matcher path = PATH.matcher(request.path());
    if (!path.matches() || !path.group(1).equals("phial")) {
      return error(404, "KeyNotFound", "");
    }
    String version = path.group(2) == null ? order.get(order.size() - 1) : path.group(2);
    KeyPair pair = versions.get(version);
    if (pair == null) {
      return error(404, "KeyNotFound", "");
    }
    return path.group(3) == null ? key(version) : crypt(path.group(3), version, pair, request);
  }

  private Reply token(String form) {
    String fixed =
        "grant_type=client_credentials&client_id=app-1&scope=https%3A%2F%2Fvault.azure.net%2F.default&";
    boolean secret = form.equals(fixed + "client_secret=an+example+secret%7E1");
    boolean federated = form.startsWith(fixed)
        && form.contains(
            "client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer")
        && form.contains("client_assertion=an.example.jwt")
        && !form.contains("client_secret");
    return secret || federated
        ? new Reply(
            200, Map.of("access_token", "token-" + tokens.incrementAndGet(), "expires_in", 3599))
        : new Reply(401, Map.of("error", "invalid_client"));
  }

  private Reply key(String version) {
    Map<String, Object> key = new LinkedHashMap<>();
    key.put("kid", VAULT + "/keys/phial/" + version);
    key.put("kty", type);
    key.put("key_ops", List.of("wrapKey", "unwrapKey"));
    return new Reply(200, Map.of("key", key, "attributes", Map.of("enabled", enabled)));
  }

  private Reply crypt(String operation, String version, KeyPair pair, Request request)
      throws Exception {
    JsonNode body = request.json("alg", "value");
    if (!enabled) {
      return error(403, "Forbidden", "KeyDisabled");
    }
    if (!body.path("alg").asText().equals("RSA-OAEP-256")) {
      return error(400, "BadParameter", "");
    }
    byte[] value = Base64.getUrlDecoder().decode(body.path("value").asText());
    Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding", "SunJCE");
    try {
      cipher.init(
          operation.equals("wrapkey") ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE,
          operation.equals("wrapkey") ? pair.getPublic() : pair.getPrivate(),
          OAEP);
      String result = Base64.getUrlEncoder().withoutPadding().encodeToString(cipher.doFinal(value));
      return new Reply(200, Map.of("kid", VAULT + "/keys/phial/" + version, "value", result));
    } catch (GeneralSecurityException e) {
      return error(400, "BadParameter", "");
    }
  }

  static Reply error(int status, String code, String inner) {
    return new Reply(
        status,
        Map.of(
            "error",
            Map.of("code", code, "message", "in words", "innererror", Map.of("code", inner))));
  }
}
