package dev.phial.kms.azure;

import dev.phial.kms.AccessDeniedException;
import dev.phial.kms.KmsException;
import dev.phial.kms.KmsSettings;
import dev.phial.kms.KmsUnavailableException;
import dev.phial.kms.SecretSource;
import dev.phial.kms.rest.AccessTokens;
import dev.phial.kms.rest.Answer;
import dev.phial.kms.rest.RestClient;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The client credentials grant of Microsoft Entra (OAuth 2.0, v2.0 endpoint): by a secret, or by a token of the platform. */
final class EntraLogin {
  private static final String ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  private final String name;
  private final RestClient rest;
  private final URI issuer;
  private final Map<String, String> form;
  private final Proof proof;

  /** What proves who we are, read each time: it may be replaced under our hands. */
  private interface Proof {
    Map<String, String> fields();
  }

  private EntraLogin(
      String name, RestClient rest, URI issuer, Map<String, String> form, Proof proof) {
    this.name = name;
    this.rest = rest;
    this.issuer = issuer;
    this.form = form;
    this.proof = proof;
  }

  static EntraLogin of(KmsSettings settings, RestClient rest, URI authority) {
    String tenant = settings.required("tenant");
    if (!tenant.matches("[A-Za-z0-9.-]{1,253}")) {
      throw settings.problem("tenant", "is not the id or domain of a tenant");
    }
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "client_credentials");
    form.put("client_id", settings.required("client_id"));
    form.put("scope", settings.text("scope", "https://vault.azure.net/.default"));
    URI issuer = authority.resolve("/" + tenant + "/oauth2/v2.0/token");
    return new EntraLogin(settings.name(), rest, issuer, form, proof(settings));
  }

  private static Proof proof(KmsSettings settings) {
    if (settings.text("federated_token_file").isPresent()) {
      Path file = settings.path("federated_token_file", "");
      return () -> Map.of("client_assertion_type", ASSERTION, "client_assertion", read(file));
    }
    SecretSource secret = settings.secret("client_secret");
    return () -> {
      char[] characters = secret.read();
      String text = new String(characters);
      Arrays.fill(characters, '\0');
      return Map.of("client_secret", text);
    };
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.US_ASCII).strip();
    } catch (IOException e) {
      throw new AccessDeniedException("the platform's token cannot be read from " + file, e);
    }
  }

  AccessTokens.Token token() {
    Map<String, String> all = new LinkedHashMap<>(form);
    all.putAll(proof.fields());
    Answer answer = rest.postForm(
        issuer,
        all.entrySet().stream()
            .map(field ->
                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&")));
    String token = answer.json().text("access_token");
    String seconds = answer.json().text("expires_in");
    if (answer.ok() && !token.isEmpty() && seconds.matches("[0-9]{1,7}")) {
      return new AccessTokens.Token(token, Duration.ofSeconds(Long.parseLong(seconds)));
    }
    throw refused(answer.status());
  }

  private KmsException refused(int status) {
    return status >= 500 || status == 429 || status == 200
        ? KmsUnavailableException.passing(
            "kms '" + name + "': Entra gives no access token (status " + status + ")")
        : new AccessDeniedException("kms '" + name + "': Entra refuses the login (status " + status
            + "); look at tenant, client_id and client_secret, which may have expired");
  }
}
