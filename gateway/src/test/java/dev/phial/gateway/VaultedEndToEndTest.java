package dev.phial.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phial.gateway.cli.PhialCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A vaulted element in FHIR records through the proxy: what the record server stores, who reads what, and what stops it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class VaultedEndToEndTest {
  private static final Path POLICY =
      Path.of(System.getProperty("phial.root", "..")).resolve("config/policy.yaml");
  private static final Pattern STORED = Pattern.compile("\"postalCode\":\"([^\"]*)\"");
  private static final String CANARY = "02139";

  @SuppressWarnings("NullAway.Init")
  private RecordingUpstream upstream;

  @SuppressWarnings("NullAway.Init")
  private RunningGateway phial;

  @SuppressWarnings("NullAway.Init")
  private Path data;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    data = folder;
    Path policy = Files.writeString(
        data.resolve("policy.yaml"),
        Files.readString(POLICY)
            .replaceFirst(
                "(?m)^  postal_code: .*$",
                "  postal_code: { identifier: GEO, protect: { tokenize: { kind: vaulted, format: \"digits:5\" } }, mask: { keep_first: 3 } }"));
    upstream = new RecordingUpstream();
    phial = new RunningGateway(data, upstream.port(), "policy=" + policy);
  }

  @AfterAll
  void stop() {
    phial.close();
    upstream.close();
  }

  @AfterEach
  void the_value_was_never_forwarded_or_recorded() throws IOException {
    assertThat(upstream.everything()).doesNotContain("\"" + CANARY + "\"");
    assertThat(phial.auditLog()).doesNotContain("\"" + CANARY + "\"");
  }

  private static String patient(String postalCode) {
    return "{\"resourceType\":\"Patient\",\"address\":[{\"postalCode\":\"" + postalCode + "\"}]}";
  }

  private HttpResponse<String> write(String postalCode) throws Exception {
    return phial.post("/fhir/Patient", patient(postalCode), phial.token("application", "TREAT"));
  }

  private HttpResponse<String> read(String path) throws Exception {
    return phial.get(path, phial.token("clinician", "TREAT"));
  }

  private static String path(HttpResponse<String> made) {
    assertThat(made.statusCode()).isEqualTo(201);
    return made.headers().firstValue("Location").orElseThrow();
  }

  private static String postalCode(String body) {
    Matcher found = STORED.matcher(body);
    assertThat(found.find()).as(body).isTrue();
    return found.group(1);
  }

  @Test
  void the_record_server_stores_a_token_and_only_who_may_gets_the_value_back() throws Exception {
    String path = path(write(CANARY));
    String token = postalCode(upstream.stored(path));
    assertThat(token).matches("[0-9]{5}").isNotEqualTo(CANARY);

    assertThat(postalCode(read(path).body())).isEqualTo(CANARY);
    assertThat(postalCode(phial.get(path, phial.token("application", "TREAT")).body()))
        .isEqualTo(token);
    HttpResponse<String> support = phial.get(path, phial.token("support", "HOPERAT"));
    assertThat(support.statusCode()).isEqualTo(200);
    assertThat(support.body()).doesNotContain(CANARY, token);

    assertThat(postalCode(upstream.stored(path(write(CANARY)))))
        .as("the same value has the same token")
        .isEqualTo(token);
  }

  @Test
  void a_disabled_token_stops_the_answer_until_it_is_enabled() throws Exception {
    String path = path(write("60614"));
    String token = postalCode(upstream.stored(path));
    tokens("disable", token);

    HttpResponse<String> refused = read(path);
    assertThat(refused.statusCode()).isEqualTo(502);
    assertThat(refused.body()).contains("postal_code").doesNotContain("60614", token);

    tokens("enable", token);
    assertThat(postalCode(read(path).body())).isEqualTo("60614");
  }

  @Test
  void a_token_that_was_never_given_stops_the_answer() throws Exception {
    String path = path(write("94110"));
    String token = postalCode(upstream.stored(path));
    upstream.store(path, patient(token.equals("11111") ? "22222" : "11111"));

    assertThat(read(path).statusCode()).isEqualTo(502);
  }

  @Test
  void while_the_store_fails_nothing_is_forwarded_and_nothing_shown() throws Exception {
    String path = path(write("73301"));
    String token = postalCode(upstream.stored(path));
    int before = upstream.requests();
    store("ALTER TABLE vaulted_token RENAME TO gone");
    try {
      HttpResponse<String> write = write(CANARY);
      assertThat(write.statusCode()).isEqualTo(503);
      assertThat(write.body())
          .contains("tokens cannot be looked up")
          .doesNotContain(CANARY, data.toString());
      assertThat(upstream.requests()).as("requests forwarded").isEqualTo(before);

      HttpResponse<String> read = read(path);
      assertThat(read.statusCode()).isIn(502, 503);
      assertThat(read.body()).doesNotContain("73301", token);
    } finally {
      store("ALTER TABLE gone RENAME TO vaulted_token");
    }
    assertThat(postalCode(read(path).body())).isEqualTo("73301");
  }

  private void tokens(String operation, String token) {
    StringWriter said = new StringWriter();
    int port = ((InetSocketAddress) phial.gateway().addresses().admin().orElseThrow()).getPort();
    int exit = PhialCommand.line()
        .setOut(new PrintWriter(said))
        .setErr(new PrintWriter(said))
        .execute(
            "tokens",
            operation,
            "--tenant",
            "default",
            "-e",
            "postal_code",
            token,
            "--config",
            POLICY.resolveSibling("phial.yaml").toString(),
            "--set",
            "data_dir=" + data,
            "--server",
            "127.0.0.1:" + port);
    assertThat(exit).as(said.toString()).isZero();
  }

  /** Another process on the same file. */
  private void store(String statement) throws SQLException {
    try (Connection database =
            DriverManager.getConnection("jdbc:sqlite:" + data.resolve("phial.db"));
        Statement change = database.createStatement()) {
      change.execute(statement);
    }
  }
}
