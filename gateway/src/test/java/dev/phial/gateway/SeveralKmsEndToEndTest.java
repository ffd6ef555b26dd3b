package dev.phial.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phial.kms.testkit.CuttableLine;
import dev.phial.kms.testkit.Requirement;
import dev.phial.kms.testkit.ServerProcess;
import dev.phial.kms.testkit.vault.VaultDouble;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several KMSs behind one gateway: a keystore file, an emulator of AWS KMS in its own process, and a Vault. */
@Timeout(300)
class SeveralKmsEndToEndTest {
  private static final String CANARY = "536-27-8841";
  private static final String RECORD = "{\"resourceType\":\"Patient\",\"identifier\":[{\"system\":"
      + "\"http://hl7.org/fhir/sid/us-ssn\",\"value\":\"" + CANARY + "\"}]}";
  private static final Duration AGE = Duration.ofSeconds(20);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir
  Path data = Path.of("");

  private final RecordingUpstream upstream = new RecordingUpstream();
  private final VaultDouble vault = VaultDouble.start(Clock.systemUTC());
  private final CuttableLine toVault =
      CuttableLine.to(URI.create(vault.address()).getPort());

  @SuppressWarnings("NullAway.Init") // set before each test
  private ServerProcess moto;

  @SuppressWarnings("NullAway.Init") // set before each test
  private CuttableLine toMoto;

  private String awsKey = "";

  SeveralKmsEndToEndTest() throws IOException {}

  @BeforeEach
  void startServices() throws Exception {
    System.setProperty("aws.accessKeyId", "AKIAEXAMPLE");
    System.setProperty("aws.secretAccessKey", "an example that opens nothing");
    Path program = Requirement.program("moto_server", "pip install 'moto[server]'");
    int port = ServerProcess.freePort();
    moto = ServerProcess.start(
        List.of(program.toString(), "-H", "127.0.0.1", "-p", String.valueOf(port)),
        port,
        Map.of(),
        data.resolve("moto.log"));
    awsKey = newAwsKey(port);
    toMoto = CuttableLine.to(port);
    vault.transit().create("phial", "aes256-gcm96", false);
    Files.writeString(
        Files.createFile(
            data.resolve("vault-token"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))),
        vault.tokens().give(Duration.ofHours(1), Duration.ofHours(2), true));
  }

  @AfterEach
  void stopServices() throws IOException {
    toMoto.close();
    moto.close();
    toVault.close();
    vault.close();
    upstream.close();
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
  }

  private static String newAwsKey(int port) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
        .header("Content-Type", "application/x-amz-json-1.1")
        .header("X-Amz-Target", "TrentService.CreateKey")
        .header(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20260301/eu-central-1/kms/aws4_request,"
                + " SignedHeaders=host, Signature=0")
        .POST(HttpRequest.BodyPublishers.ofString("{\"KeyUsage\":\"ENCRYPT_DECRYPT\"}"))
        .build();
    String answer = HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.ofString())
        .body();
    return answer.replaceFirst("(?s).*\"KeyId\": ?\"([0-9a-f-]{36})\".*", "$1");
  }

  private RunningGateway start(String... keys) {
    List<String> sets = new ArrayList<>(List.of(
        "kms.aws.type=aws",
        "kms.aws.region=eu-central-1",
        "kms.aws.endpoint=http://127.0.0.1:" + toMoto.port(),
        "kms.aws.resilience.open_for=1s",
        "kms.vault.type=vault",
        "kms.vault.address=http://localhost:" + toVault.port(),
        "kms.vault.auth.method=token",
        "kms.vault.auth.token.file=vault-token",
        "kms.vault.resilience.open_for=1s",
        "keys.cache.max_age=" + AGE.toSeconds() + "s"));
    sets.addAll(List.of(keys));
    return new RunningGateway(data, upstream.port(), sets.toArray(String[]::new));
  }

  private static int post(RunningGateway phial, String tenant) throws Exception {
    HttpResponse<String> answer =
        phial.post("/fhir/Patient", RECORD, phial.token(tenant, "application", "TREAT"));
    assertThat(answer.body()).doesNotContain(CANARY);
    return answer.statusCode();
  }

  @Test
  void one_kms_pulled_away_in_traffic_stops_its_tenant_at_the_keys_age_and_nobody_else()
      throws Exception {
    try (RunningGateway phial =
        start("keys.tenants.south.kek=aws/" + awsKey, "keys.tenants.west.kek=vault/phial")) {
      for (String tenant : List.of("north", "south", "west")) {
        assertThat(post(phial, tenant)).as(tenant).isEqualTo(201);
      }
      assertThat(phial.management("/readyz"))
          .contains("kms aws: reached", "kms vault: reached", "kms local: reached");

      toMoto.cut();
      toVault.cut();
      long cut = System.nanoTime();
      assertThat(post(phial, "south")).as("with the keys in memory").isEqualTo(201);
      assertThat(post(phial, "west")).as("with the keys in memory").isEqualTo(201);
      Set<String> refused = new HashSet<>();
      while (refused.size() < 2) {
        for (String tenant : List.of("south", "west")) {
          int status = post(phial, tenant);
          if (refused.contains(tenant)) {
            assertThat(status).as("refused once, refused until it is back").isEqualTo(503);
          } else if (status == 503) {
            refused.add(tenant);
          }
          assertThat(status).isIn(201, 503);
        }
        assertThat(post(phial, "north")).as("another's outage").isEqualTo(201);
        assertThat(since(cut)).isLessThan(AGE.plus(PATIENCE));
      }
      assertThat(phial.management("/readyz"))
          .startsWith("ready")
          .contains("kms aws: not reached", "kms vault: not reached", "kms local: reached");
      assertThat(phial.management("/metrics"))
          .contains("phial_kms_reached{kms=\"aws\"} 0.0", "phial_kms_reached{kms=\"local\"} 1.0");

      toMoto.mend();
      toVault.mend();
      long mended = System.nanoTime();
      for (String tenant : List.of("south", "west")) {
        while (post(phial, tenant) != 201) {
          assertThat(since(mended)).as(tenant + " comes back by itself").isLessThan(PATIENCE);
        }
      }
      assertThat(upstream.everything()).doesNotContain(CANARY);
      assertThat(phial.auditLog()).doesNotContain(CANARY);
    }
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }

  @Test
  void a_gateway_starts_while_a_kms_is_away_and_uses_it_when_it_is_there() throws Exception {
    toVault.cut();
    toMoto.cut();
    try (RunningGateway phial =
        start("keys.kek=aws/" + awsKey, "keys.tenants.west.kek=vault/phial")) {
      assertThat(phial.gateway().ready()).isFalse();
      assertThat(post(phial, "north")).isEqualTo(503);
      toVault.mend();
      long mended = System.nanoTime();
      while (post(phial, "west") != 201 || !phial.gateway().ready()) {
        assertThat(since(mended)).isLessThan(PATIENCE);
      }
      assertThat(post(phial, "north")).isEqualTo(503);
      toMoto.mend();
      while (post(phial, "north") != 201) {
        assertThat(since(mended)).isLessThan(PATIENCE);
      }
    }
  }

  @Test
  void data_under_two_keks_opens_after_one_kms_was_killed_and_the_gateway_restarted()
      throws Exception {
    String[] keys = {"keys.kek=aws/" + awsKey, "keys.second_kek=vault/phial"};
    String record;
    try (RunningGateway phial = start(keys)) {
      HttpResponse<String> stored =
          phial.put("/fhir/Patient/1", RECORD, phial.token("north", "application", "TREAT"));
      assertThat(stored.statusCode()).isBetween(200, 201);
      record = upstream.stored("/fhir/Patient/1");
      assertThat(record).isNotEmpty().doesNotContain(CANARY);
    }
    moto.close();
    toMoto.cut();
    try (RunningGateway phial = start(keys)) {
      HttpResponse<String> read =
          phial.get("/fhir/Patient/1", phial.token("north", "clinician", "TREAT"));
      assertThat(read.statusCode()).isEqualTo(200);
      assertThat(read.body()).contains(CANARY);
      assertThat(phial.gateway().ready()).isTrue();
      assertThat(phial.auditLog()).contains("open_by_second_kek", "vault/phial", "unavailable");
      assertThat(post(phial, "a-new-tenant")).as("no key under one KEK alone").isEqualTo(503);
      assertThat(upstream.everything()).doesNotContain(CANARY);
    }
  }
}
