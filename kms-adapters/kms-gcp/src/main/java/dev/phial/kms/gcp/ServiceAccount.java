package dev.phial.kms.gcp;

import dev.phial.kms.KmsSettings;
import dev.phial.kms.OwnerOnlyFile;
import dev.phial.kms.rest.AccessTokens;
import dev.phial.kms.rest.Json;
import dev.phial.kms.rest.RestClient;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;

/** A service account by its key file: signs a request for a token (RFC 7523) with the key, which stays here. */
final class ServiceAccount implements GcpAccount {
  private static final String SCOPE = "https://www.googleapis.com/auth/cloudkms";
  private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
  private static final long LIFETIME_SECONDS = 3600;

  private final String name;
  private final RestClient rest;
  private final InstantSource clock;
  private final String email;
  private final String keyId;
  private final URI issuer;
  private final PrivateKey key;

  private ServiceAccount(
      String name, RestClient rest, InstantSource clock, Json file, PrivateKey key) {
    this.name = name;
    this.rest = rest;
    this.clock = clock;
    this.email = file.text("client_email");
    this.keyId = file.text("private_key_id");
    this.issuer = URI.create(file.text("token_uri"));
    this.key = key;
  }

  static ServiceAccount read(KmsSettings settings, RestClient rest, InstantSource clock) {
    Path path = settings.path("credentials", "");
    try {
      OwnerOnlyFile.check(path);
      Json file = Json.parse(Files.readAllBytes(path));
      String base64 =
          file.text("private_key").replaceAll("-----(BEGIN|END) PRIVATE KEY-----|\\s", "");
      PrivateKey key = KeyFactory.getInstance("RSA")
          .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
      check(settings, file);
      return new ServiceAccount(settings.name(), rest, clock, file, key);
    } catch (IOException e) {
      throw settings.problem("credentials", "names a file that cannot be read as JSON: " + path);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw settings.problem("credentials", "names a file that is not a service account's key");
    }
  }

  /** The signed request goes where the file says: not without TLS, unless it stays on this machine. */
  private static void check(KmsSettings settings, Json file) {
    Map<String, String> inFile = Map.of("token_uri", file.text("token_uri"));
    KmsSettings read = new KmsSettings(settings.name(), inFile, Path.of(""), name -> "");
    URI unused = read.endpoint("token_uri").orElseThrow();
    if (!file.text("client_email").matches("[A-Za-z0-9._@-]+")) {
      throw new IllegalArgumentException("no e-mail address");
    }
  }

  @Override
  public AccessTokens.Token token() {
    String form = "grant_type=" + URLEncoder.encode(GRANT, StandardCharsets.UTF_8) + "&assertion="
        + assertion();
    return GcpAccount.of(name, rest.postForm(issuer, form));
  }

  private String assertion() {
    long now = clock.instant().getEpochSecond();
    String header = base64(Json.write(Map.of("alg", "RS256", "typ", "JWT", "kid", keyId)));
    String claims = base64(String.format(
            "{\"iss\":\"%s\",\"scope\":\"%s\",\"aud\":\"%s\",\"iat\":%d,\"exp\":%d}",
            email, SCOPE, issuer, now, now + LIFETIME_SECONDS)
        .getBytes(StandardCharsets.UTF_8));
    return header + "." + claims + "." + base64(signed(header + "." + claims));
  }

  private byte[] signed(String text) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      signature.update(text.getBytes(StandardCharsets.US_ASCII));
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the service account's key does not sign", e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
