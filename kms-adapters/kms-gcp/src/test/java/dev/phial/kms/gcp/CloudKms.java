package dev.phial.kms.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.phial.kms.testkit.RestDouble;
import dev.phial.kms.testkit.RestDouble.Reply;
import dev.phial.kms.testkit.RestDouble.Request;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** A double of Cloud KMS v1, its token issuer and a metadata server. Checks what the real ones check. */
final class CloudKms implements RestDouble.Handler {
  static final String KEY = "projects/clinic/locations/europe-west3/keyRings/phial/cryptoKeys/kek";
  private static final Pattern PATH =
      Pattern.compile("/v1/(projects/[^:?]*)(?::(encrypt|decrypt))?");
  private static final ObjectMapper JSON = new ObjectMapper();

  final KeyPair account;
  final Map<String, List<SecretKeySpec>> keys = new ConcurrentHashMap<>();
  final AtomicInteger tokens = new AtomicInteger();
  volatile String state = "ENABLED";
  volatile boolean flipABit;

  CloudKms() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    account = generator.generateKeyPair();
    rotate();
  }

  void rotate() {
    byte[] material = new byte[32];
    new SecureRandom().nextBytes(material);
    keys.computeIfAbsent(KEY, key -> new CopyOnWriteArrayList<>())
        .add(new SecretKeySpec(material, "AES"));
  }

  @Override
  public Reply handle(Request request) throws Exception {
    if (request.path().equals("/token")) {
      return token(verified(request.text()));
    }
    if (request.path().startsWith("/computeMetadata/")) {
      return token(request.flavor().equals("Google"));
    }
    if (!request.token().equals("token-" + tokens.get())) {
      return error(401, "UNAUTHENTICATED");
    }
    Matcher path = PATH.matcher(request.path());
    List<SecretKeySpec> versions = path.matches() ? keys.get(path.group(1)) : null;
    if (versions == null) {
      return error(404, "NOT_FOUND");
    }
    if (path.group(2) == null) {
      return describe(versions);
    }
    if (!state.equals("ENABLED")) {
      return error(400, "FAILED_PRECONDITION");
    }
    return path.group(2).equals("encrypt")
        ? encrypt(versions, request)
        : decrypt(versions, request);
  }

  private Reply token(boolean granted) {
    return granted
        ? new Reply(
            200,
            Map.of(
                "access_token",
                "token-" + tokens.incrementAndGet(),
                "expires_in",
                3599,
                "token_type",
                "Bearer"))
        : new Reply(400, Map.of("error", "invalid_grant"));
  }

  private boolean verified(String form) throws Exception {
    String assertion = form.replaceFirst(".*[&?]assertion=", "");
    String[] parts = assertion.split("\\.", -1);
    JsonNode header = JSON.readTree(Base64.getUrlDecoder().decode(parts[0]));
    JsonNode claims = JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initVerify(account.getPublic());
    signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
    return signature.verify(Base64.getUrlDecoder().decode(parts[2]))
        && URLDecoder.decode(form, StandardCharsets.UTF_8)
            .startsWith("grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer&")
        && header.path("alg").asText().equals("RS256")
        && header.path("kid").asText().equals("key-1")
        && claims.path("iss").asText().equals("phial@clinic.iam.gserviceaccount.com")
        && claims.path("scope").asText().equals("https://www.googleapis.com/auth/cloudkms")
        && claims.path("aud").asText().endsWith("/token")
        && claims.path("exp").asLong() - claims.path("iat").asLong() == 3600;
  }

  private Reply describe(List<SecretKeySpec> versions) {
    return new Reply(
        200,
        Map.of(
            "name",
            KEY,
            "purpose",
            "ENCRYPT_DECRYPT",
            "primary",
            Map.of(
                "name",
                KEY + "/cryptoKeyVersions/" + versions.size(),
                "state",
                state,
                "protectionLevel",
                "HSM",
                "algorithm",
                "GOOGLE_SYMMETRIC_ENCRYPTION")));
  }

  private Reply encrypt(List<SecretKeySpec> versions, Request request) throws Exception {
    JsonNode body = request.json(
        "plaintext",
        "plaintextCrc32c",
        "additionalAuthenticatedData",
        "additionalAuthenticatedDataCrc32c");
    byte[] iv = new byte[12];
    new SecureRandom().nextBytes(iv);
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.ENCRYPT_MODE, versions.get(versions.size() - 1), new GCMParameterSpec(128, iv));
    cipher.updateAAD(checked(body, "additionalAuthenticatedData"));
    byte[] sealed = cipher.doFinal(checked(body, "plaintext"));
    byte[] blob = ByteBuffer.allocate(1 + iv.length + sealed.length)
        .put((byte) versions.size())
        .put(iv)
        .put(sealed)
        .array();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("name", KEY + "/cryptoKeyVersions/" + versions.size());
    answer.putAll(field("ciphertext", blob));
    answer.put("verifiedPlaintextCrc32c", true);
    answer.put("verifiedAdditionalAuthenticatedDataCrc32c", true);
    return new Reply(200, answer);
  }

  private Reply decrypt(List<SecretKeySpec> versions, Request request) throws Exception {
    JsonNode body = request.json(
        "ciphertext",
        "ciphertextCrc32c",
        "additionalAuthenticatedData",
        "additionalAuthenticatedDataCrc32c");
    byte[] blob = checked(body, "ciphertext");
    if (blob.length < 30 || blob[0] < 1 || blob[0] > versions.size()) {
      return error(400, "INVALID_ARGUMENT");
    }
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.DECRYPT_MODE,
          versions.get(blob[0] - 1),
          new GCMParameterSpec(128, Arrays.copyOfRange(blob, 1, 13)));
      cipher.updateAAD(checked(body, "additionalAuthenticatedData"));
      return new Reply(200, field("plaintext", cipher.doFinal(blob, 13, blob.length - 13)));
    } catch (AEADBadTagException e) {
      return error(400, "INVALID_ARGUMENT");
    }
  }

  private static byte[] checked(JsonNode body, String name) throws IOException {
    byte[] bytes = Base64.getDecoder().decode(body.path(name).asText());
    if (!body.path(name + "Crc32c").asText().equals(crc(bytes))) {
      throw new IOException("the checksum of " + name + " does not fit");
    }
    return bytes;
  }

  private Map<String, Object> field(String name, byte[] bytes) {
    byte[] sent = bytes.clone();
    sent[0] ^= (byte) (flipABit ? 1 : 0);
    return Map.of(name, Base64.getEncoder().encodeToString(sent), name + "Crc32c", crc(bytes));
  }

  private static String crc(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(Objects.requireNonNull(bytes));
    return Long.toString(crc.getValue());
  }

  static Reply error(int status, String name) {
    return new Reply(
        status, Map.of("error", Map.of("code", status, "message", "in words", "status", name)));
  }
}
