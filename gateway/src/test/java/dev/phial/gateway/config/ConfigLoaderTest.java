package dev.phial.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.phial.crypto.key.UsageLimit;
import dev.phial.gateway.keys.DestructionRules;
import dev.phial.gateway.keys.KekChoice;
import dev.phial.gateway.keys.Keks;
import dev.phial.gateway.keys.KeyLimits;
import dev.phial.gateway.keys.RotationAge;
import dev.phial.gateway.yaml.Problem;
import dev.phial.kms.KekRef;
import dev.phial.kms.resilience.ResilienceSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLoaderTest {
  /** Every key there is. */
  private static final String FULL = """
      policy: policy.yaml
      data_dir: data
      listeners:
        http: { address: "0.0.0.0:8443", tls: { certificate: s.pem, key: s.key, client_ca: c.pem } }
        grpc: { address: "unix:/run/phial.sock" }
        management: { address: "[::1]:9464" }
        admin: { address: "0.0.0.0:7444", tls: { certificate: a.pem, key: a.key, client_ca: admins.pem } }
      upstreams:
        ehr: { url: "https://ehr.example.org", tls: { ca: ca.pem } }
        lab-a: { url: "http://127.0.0.1:8082/" }
      kms:
        local: { type: local, keystore: kek.bcfks, create: true, passphrase: { env: PHIAL_SECRET } }
      keys: { kek: local/default }
      store: { type: sqlite, file: phial.db }
      audit: { file: /var/log/phial/audit.jsonl, timeout: 500ms }
      auth:
        jwt: [{ issuer: "https://idp.example.org", audience: phial, jwks_file: idp.jwks }]
        local_issuer: { file: issuer.jwk, create: true }
        mtls: [{ subject: "CN=app", caller: app, tenant: main, roles: [application], purposes: [TREAT] }]
      admin:
        auth:
          jwt: [{ issuer: "https://idp.example.org", audience: phial-admin, jwks_file: idp.jwks }]
          local_issuer: { file: admins.jwk, create: true }
          mtls: [{ subject: "CN=officer", caller: officer, tenant: main, roles: [security-officer], purposes: [SYSADMIN] }]
        approvals: { persons: 1, valid_for: 2h }
      limits:
        max_body: 1MiB
        max_header: 4KiB
        max_request_line: 1KiB
        max_value: 1KiB
        json_depth: 10
        json_string: 2KiB
        json_tokens: 100
        batch_items: 7
        connections: 8
        header_timeout: 1s
        body_timeout: 2s
        idle_timeout: 3s
        connect_timeout: 4s
        upstream_timeout: 5s
        drain_timeout: 1m
      logs:
        caller: { name: app-logs, tenant: main, roles: [logs], purpose: HOPERAT }
        buffer: { directory: spool, max_size: 3GiB, sync: always }
        limits: { event: 1KiB, request: 1MiB, expanded: 2MiB, connections: 9, idle_timeout: 7s, masking_timeout: 8s }
        receivers:
          app: { protocol: syslog-tcp, address: "0.0.0.0:6514", tls: { certificate: r.pem, key: r.key }, to: { url: "tls://logs.example.org:6514", framing: lines, tls: { ca: ca.pem, certificate: c.pem, key: c.key } } }
          hec: { protocol: splunk-hec, address: "127.0.0.1:8088", tokens: { file: tokens }, to: { url: "https://splunk.example.org", authorization: { file: splunk } } }
      """;

  private static final String SQLITE = "{ type: sqlite, file: phial.db }";
  private static final String ON_POSTGRESQL = FULL.replace(SQLITE, """
      { type: postgresql, url: "postgresql://db-a.example.org,db-b.example.org:5433/phial", user: phial,
        password: { file: db.password }, tls: { ca: db.pem, certificate: c.pem, key: c.key }, connections: 4, timeout: 2s }
      """.strip());

  private final ConfigLoader loader = new ConfigLoader();

  @TempDir
  Path directory;

  @Test
  void reads_every_key() throws IOException {
    GatewayConfig config = load(FULL, Map.of());
    assertThat(config.policy()).isEqualTo(directory.resolve("policy.yaml"));
    assertThat(config.store()).isEqualTo(new Store.Sqlite(directory.resolve("data/phial.db")));
    assertThat(config.audit())
        .isEqualTo(
            new GatewayConfig.Audit(Path.of("/var/log/phial/audit.jsonl"), Duration.ofMillis(500)));
    assertThat(config.listeners().http().address()).isEqualTo(new Address.Tcp("0.0.0.0", 8443));
    assertThat(config.listeners().http().tls().orElseThrow().clientCa())
        .contains(directory.resolve("c.pem"));
    assertThat(config.listeners().grpc().address())
        .isEqualTo(new Address.Unix(Path.of("/run/phial.sock")));
    assertThat(config.listeners().management().address()).hasToString("[::1]:9464");
    assertThat(there(config.upstreams(), "ehr").port()).isEqualTo(443);
    assertThat(there(config.kms(), "local").settings())
        .containsEntry("passphrase.env", "PHIAL_SECRET")
        .containsEntry("create", "true")
        .doesNotContainKey("type");
    assertThat(config.keys().keks()).isEqualTo(KekChoice.of(new KekRef("local", "default")));
    assertThat(config.auth().jwt()).hasSize(1);
    assertThat(config.auth().localIssuer().orElseThrow().file())
        .isEqualTo(directory.resolve("data/issuer.jwk"));
    assertThat(config.auth().mtls().get(0).roles()).containsExactly("application");
    assertThat(config.listeners().admin().orElseThrow().address()).hasToString("0.0.0.0:7444");
    Auth admins = config.admin().orElseThrow().auth();
    assertThat(config.admin().orElseThrow().approvals())
        .isEqualTo(new Admin.Approvals(1, Duration.ofHours(2)));
    assertThat(admins.jwt().get(0).audience()).isEqualTo("phial-admin");
    assertThat(admins.localIssuer().orElseThrow().file())
        .isEqualTo(directory.resolve("data/admins.jwk"));
    assertThat(admins.mtls().get(0).caller()).isEqualTo("officer");
    assertThat(config.limits().maxBody()).isEqualTo(1 << 20);
    assertThat(config.limits().drainTimeout()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void reads_what_signs_statements_and_has_a_key_without_being_told() throws IOException {
    assertThat(load(FULL, Map.of()).evidence())
        .isEqualTo(
            new GatewayConfig.Evidence(directory.resolve("data/evidence/signing.jwk"), true));
    Map<String, String> variables = Map.of(
        "PHIAL_EVIDENCE_KEY_FILE", "/etc/phial/shared.jwk", "PHIAL_EVIDENCE_KEY_CREATE", "false");
    assertThat(load(FULL, variables).evidence())
        .isEqualTo(new GatewayConfig.Evidence(Path.of("/etc/phial/shared.jwk"), false));
  }

  @Test
  void reads_how_data_keys_are_used() throws IOException {
    assertThat(load(FULL, Map.of()).keys().limits()).isEqualTo(KeyLimits.DEFAULTS);
    GatewayConfig config = load(
        FULL.replace(
            "kek: local/default",
            "kek: local/default, limits: { messages: 65536, bytes: 100GiB }, cache: { max_age: 1h }"),
        Map.of("PHIAL_KEYS_CACHE_KEYSETS", "12"));
    assertThat(config.keys().limits())
        .isEqualTo(new KeyLimits(new UsageLimit(65_536, 100L << 30), 12, Duration.ofHours(1)));
  }

  @Test
  void reads_when_keys_rotate_by_themselves() throws IOException {
    assertThat(load(FULL, Map.of()).keys().rotation()).isEmpty();
    assertThat(rotating("{ every: 90d, jitter: 36h }"))
        .contains(new RotationAge(Duration.ofDays(90), Duration.ofHours(36)));
    assertThat(rotating("{ every: 100d }"))
        .contains(new RotationAge(Duration.ofDays(100), Duration.ofDays(10)));
    assertThat(rotating("{ every: 1h, jitter: 0s }"))
        .contains(new RotationAge(Duration.ofHours(1), Duration.ZERO));
  }

  private Optional<RotationAge> rotating(String encrypt) throws IOException {
    String text = "kek: local/default, rotate: { encrypt: " + encrypt + " }";
    return load(FULL.replace("kek: local/default", text), Map.of()).keys().rotation();
  }

  @Test
  void reads_whose_keys_are_wrapped_under_which_keks() throws IOException {
    KekRef usual = new KekRef("local", "default");
    KekRef other = new KekRef("local", "other");
    assertThat(
            keks(
                "kek: local/default, second_kek: local/other, tenants: { north: { kek: local/other } }"))
        .isEqualTo(new KekChoice(
            Optional.of(new Keks(usual, Optional.of(other))), Map.of("north", Keks.of(other))));
    assertThat(
            keks(
                "require_tenant_kek: true, tenants: { \"St. Mary's\": { kek: local/other, second_kek: local/default } }"))
        .isEqualTo(new KekChoice(
            Optional.empty(), Map.of("St. Mary's", new Keks(other, Optional.of(usual)))));
  }

  private KekChoice keks(String text) throws IOException {
    return load(FULL.replace("kek: local/default", text), Map.of()).keys().keks();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kek: local/default, second_kek: local/default | keys.second_kek | another key",
        "kek: local/default, second_kek: cloud/default | keys.second_kek | no such kms",
        "kek: local/default, tenants: { north: { kek: cloud/a } } | keys.tenants.north.kek | no such kms",
        "kek: local/default, tenants: { north: { second_kek: local/a } } | keys.tenants.north | 'kek' is missing",
        "kek: local/default, tenants: { north: { kek: local/a, also: local/b } } | keys.tenants.north.also | no such key",
        "tenants: { north: { kek: local/a } } | keys | 'kek' is missing",
        "require_tenant_kek: true | keys | 'tenants' is missing",
        "require_tenant_kek: true, kek: local/a, tenants: { north: { kek: local/a } } | keys.kek | used for nobody",
        "require_tenant_kek: true, second_kek: local/a, tenants: { north: { kek: local/a } } | keys.second_kek | used for nobody",
      })
  void refuses_keks_that_nobody_can_mean(String text, String path, String reason) {
    assertThat(refused(FULL.replace("kek: local/default", text), Map.of(), List.of())
            .problems())
        .anySatisfy(problem -> {
          assertThat(problem.path()).isEqualTo(path);
          assertThat(problem.message()).contains(reason);
        });
  }

  @Test
  void a_destruction_waits_a_month_and_never_less_than_a_week_unless_the_configuration_says_so()
      throws IOException {
    assertThat(load(FULL, Map.of()).keys().destruction()).isEqualTo(DestructionRules.DEFAULTS);
    assertThat(load(FULL, Map.of("PHIAL_KEYS_DESTROY_WAITING", "8d")).keys().destruction())
        .isEqualTo(new DestructionRules(Duration.ofDays(8), Duration.ofDays(7)));
    assertThat(load(
                FULL.replace("kek: local/default", "kek: local/default, destroy: { shortest: 0s }"),
                Map.of())
            .keys()
            .destruction())
        .isEqualTo(new DestructionRules(Duration.ofDays(30), Duration.ZERO));
  }

  @Test
  void reads_where_a_postgresql_store_is() throws IOException {
    assertThat(load(ON_POSTGRESQL, Map.of()).store())
        .isEqualTo(new Store.Postgres(
            new PostgresUrl(
                List.of(
                    new Address.Tcp("db-a.example.org", 5432),
                    new Address.Tcp("db-b.example.org", 5433)),
                "phial"),
            "phial",
            Optional.of(new Store.Secret.File(directory.resolve("db.password"))),
            Optional.of(new Store.Tls(
                Optional.of(directory.resolve("db.pem")),
                Optional.of(new Store.Tls.Identity(
                    directory.resolve("c.pem"), directory.resolve("c.key"))))),
            4,
            Duration.ofSeconds(2)));
    String local = FULL.replace(
        SQLITE,
        "{ type: postgresql, url: \"postgresql://[::1]/phial\", user: phial, password: { env: PHIAL_DB } }");
    Store.Postgres store = (Store.Postgres)
        load(local, Map.of("PHIAL_DB", "x", "PHIAL_STORE_USER", "other")).store();
    assertThat(store.url()).hasToString("postgresql://[::1]:5432/phial");
    assertThat(store.password()).contains(new Store.Secret.Variable("PHIAL_DB"));
    assertThat(store.user()).isEqualTo("other");
    assertThat(store.timeout()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void has_a_default_for_every_limit() throws IOException {
    assertThat(load(FULL.substring(0, FULL.indexOf("limits:")), Map.of()).limits())
        .isEqualTo(Limits.DEFAULTS);
  }

  @Test
  void reads_how_patient_to_be_with_a_kms() throws IOException {
    ResilienceSettings defaults = ResilienceSettings.DEFAULTS;
    assertThat(there(load(FULL, Map.of()).kms(), "local").resilience()).isEqualTo(defaults);
    GatewayConfig config = load(
        FULL.replace("type: local,", "type: local, resilience: { attempts: 7, timeout: 1s },"),
        Map.of("PHIAL_KMS_LOCAL_RESILIENCE_RATE", "9"));
    ResilienceSettings resilience = there(config.kms(), "local").resilience();
    assertThat(resilience.attempts()).isEqualTo(7);
    assertThat(resilience.timeout()).isEqualTo(Duration.ofSeconds(1));
    assertThat(resilience.rate()).isEqualTo(9);
    assertThat(resilience.window()).isEqualTo(defaults.window());
    assertThat(there(config.kms(), "local").settings().keySet())
        .noneMatch(setting -> setting.startsWith("resilience"));
  }

  /** Every key of the list can be set from the environment and by a flag, so that the list and the reader agree. */
  @Test
  void takes_every_key_from_the_environment_and_from_flags() {
    for (String key : ConfigKeys.ALL) {
      String path = key.replace("*.**", "local.keystore")
          .replace("kms.*", "kms.local")
          .replace("upstreams.*", "upstreams.ehr")
          .replace("receivers.*", "receivers.app")
          .replace("tenants.*", "tenants.north")
          .replace("#", "0");
      String full = (path.startsWith("store.") && !path.equals("store.file") ? ON_POSTGRESQL : FULL)
          .replace(
              "{ kek: local/default }",
              "{ kek: local/default, tenants: { north: { kek: local/north } } }");
      assertThat(refused(full, Map.of(KnownPaths.variable(path), ""), List.of()).problems())
          .as(path)
          .anyMatch(problem -> problem.path().replace("[0]", ".0").startsWith(path));
      assertThat(refused(full, Map.of(), List.of(path + "=")).problems())
          .as(path)
          .anyMatch(problem -> problem.path().replace("[0]", ".0").startsWith(path));
    }
  }

  @Test
  void lets_flags_win_over_the_environment_and_that_over_the_file() throws IOException {
    Map<String, String> environment = Map.of(
        "PHIAL_LISTENERS_GRPC_ADDRESS", "127.0.0.1:1",
        "PHIAL_UPSTREAMS_LAB_A_URL", "http://127.0.0.1:2",
        "PHIAL_LIMITS_JSON_DEPTH", "33",
        "PHIAL_AUTH_MTLS_0_ROLES", "clinician, support",
        "PHIAL_AUTH_LOCAL_ISSUER_CREATE", "false",
        "PHIAL_KMS_LOCAL_KEYSTORE", "other.bcfks");
    Path file = Files.writeString(directory.resolve("phial.yaml"), FULL);
    GatewayConfig config = loader.load(
        file,
        environment,
        List.of("listeners.grpc.address=127.0.0.1:3", "upstreams.new.url=http://127.0.0.1:4"));
    assertThat(config.listeners().grpc().address()).hasToString("127.0.0.1:3");
    assertThat(there(config.upstreams(), "lab-a").url())
        .isEqualTo(URI.create("http://127.0.0.1:2"));
    assertThat(config.upstreams()).containsKey("new");
    assertThat(config.limits().jsonDepth()).isEqualTo(33);
    assertThat(config.auth().mtls().get(0).roles())
        .containsExactlyInAnyOrder("clinician", "support");
    assertThat(config.auth().localIssuer().orElseThrow().create()).isFalse();
    assertThat(there(config.kms(), "local").settings()).containsEntry("keystore", "other.bcfks");
  }

  @Test
  void points_the_only_upstream_elsewhere_by_one_variable() throws IOException {
    String one = FULL.replace("  lab-a: { url: \"http://127.0.0.1:8082/\" }\n", "")
        .replace(", tls: { ca: ca.pem }", "");
    assertThat(there(load(one, Map.of("PHIAL_UPSTREAM", "http://127.0.0.1:5")).upstreams(), "ehr")
            .url())
        .isEqualTo(URI.create("http://127.0.0.1:5"));
    assertThat(refused(FULL, Map.of("PHIAL_UPSTREAM", "http://127.0.0.1:5"), List.of()))
        .hasMessageContaining("PHIAL_UPSTREAM: is for a configuration with exactly one upstream");
  }

  @Test
  void refuses_a_variable_that_means_nothing_but_not_those_of_others() throws IOException {
    assertThat(refused(FULL, Map.of("PHIAL_LISTENERS_HTTP_ADRESS", "x"), List.of()))
        .hasMessageContaining(
            "PHIAL_LISTENERS_HTTP_ADRESS: no such setting; did you mean 'PHIAL_LISTENERS_HTTP_ADDRESS'?");
    load(
        FULL,
        Map.of(
            "PHIAL_SECRET",
            "s",
            "PHIAL_HOME",
            "h",
            "PHIAL_CONFIG",
            "c",
            "PHIAL_JAVA_OPTS",
            "o",
            "PATH",
            "p",
            "PHIAL_SERVICE_HOST",
            "10.0.0.1",
            "PHIAL_PORT_8080_TCP_ADDR",
            "10.0.0.1",
            "PHIAL_SERVICE_PORT_HTTP",
            "80"));
  }

  private static Arguments onPostgresql(String url, String message) {
    return Arguments.of(SQLITE, "{ type: postgresql, url: \"" + url + " }", message);
  }

  static Stream<Arguments> defects() {
    return Stream.of(
        Arguments.of("unix:/run/phial.sock", "0.0.0.0:7443", "can be reached from other machines"),
        Arguments.of(
            "unix:/run/phial.sock", "phial.example.org:7443", "can be reached from other machines"),
        Arguments.of(
            "unix:/run/phial.sock",
            "127.0.0.1.example.org:7443",
            "can be reached from other machines"),
        Arguments.of("[::1]:9464", "127.0.0.1:99999", "must be host:port"),
        Arguments.of("[::1]:9464", "unix:relative", "must be host:port"),
        Arguments.of(
            "[::1]:9464", "unix:/run/phial.sock", "is the address of another listener too"),
        Arguments.of(", key: s.key", "", "'key' is missing"),
        Arguments.of(
            "https://ehr.example.org", "ftp://ehr.example.org", "must be http://host:port"),
        Arguments.of(
            "https://ehr.example.org", "https://u:p@ehr.example.org", "must be http://host:port"),
        Arguments.of(
            "https://ehr.example.org", "https://ehr.example.org/base", "must be http://host:port"),
        Arguments.of("https://ehr.example.org", "http://ehr.example.org", "its url is not https"),
        Arguments.of(
            "{ env: PHIAL_SECRET }", "correct-horse", "would be a secret in the configuration"),
        Arguments.of(
            "kek: local/default", "kek: lokal/default", "no such kms; did you mean 'local'?"),
        Arguments.of("kek: local/default", "kek: local", "must be kms/key"),
        Arguments.of(
            "kek: local/default",
            "kek: local/default, limits: { messages: 999 }",
            "between 65536 and 2147483647"),
        Arguments.of(
            "kek: local/default", "kek: local/default, limits: { bytes: 1MiB }", "must be a size"),
        Arguments.of(
            "kek: local/default",
            "kek: local/default, cache: { max_age: 9s }",
            "must be at least 10s"),
        Arguments.of(
            "kek: local/default",
            "kek: local/default, cache: { max_age: 25h }",
            "must be a duration"),
        Arguments.of(
            "kek: local/default",
            "kek: local/default, rotate: { encrypt: { every: 59m } }",
            "must be at least 1h"),
        Arguments.of(
            "kek: local/default",
            "kek: local/default, rotate: { encrypt: { every: 2h, jitter: 2h } }",
            "must be less than keys.rotate.encrypt.every"),
        Arguments.of(
            "kek: local/default",
            "kek: local/default, rotate: { tokenize: { every: 90d } }",
            "a new key changes the tokens of values that are stored already"),
        Arguments.of(
            "kek: local/default",
            "kek: local/default, rotate: { index: { every: 90d } }",
            "a new key changes the digests of values that are stored already"),
        Arguments.of(
            "kek: local/default",
            "kek: local/default, destroy: { waiting: 6d }",
            "must be at least 604800s (keys.destroy.shortest)"),
        Arguments.of(
            "kek: local/default",
            "kek: local/default, destroy: { waiting: 366d }",
            "must be a duration"),
        Arguments.of("type: sqlite", "type: oracle", "must be sqlite or postgresql"),
        onPostgresql("postgresql://db.example.org/phial\", user: phial", "needs 'tls'"),
        onPostgresql("jdbc:postgresql://localhost/phial\", user: phial", "must be postgresql://"),
        onPostgresql("postgresql://u:p@localhost/phial\", user: phial", "without user, password"),
        onPostgresql("postgresql://localhost/phial?sslmode=disable\", user: phial", "parameters"),
        onPostgresql("postgresql://localhost/phial\"", "'user' is missing"),
        onPostgresql(
            "postgresql://localhost/phial\", user: phial, password: correct-horse",
            "would be a secret in the configuration"),
        onPostgresql(
            "postgresql://localhost/phial\", user: phial, password: {}", "either 'file' or 'env'"),
        onPostgresql(
            "postgresql://localhost/phial\", user: phial, timeout: 100ms", "must be 500ms or more"),
        onPostgresql(
            "postgresql://localhost/phial\", user: phial, tls: { key: k.pem }", "go together"),
        onPostgresql("postgresql://localhost/phial\", user: phial, file: phial.db", "no such key"),
        Arguments.of("timeout: 500ms", "timeout: 500", "must be a duration"),
        Arguments.of("timeout: 500ms", "timeout: 2h", "must be a duration"),
        Arguments.of("max_body: 1MiB", "max_body: 1MB", "must be a size"),
        Arguments.of("max_body: 1MiB", "max_body: 100GiB", "must be a size"),
        Arguments.of("max_body: 1MiB", "max_bodi: 1MiB", "no such key; did you mean 'max_body'?"),
        Arguments.of(", client_ca: c.pem", "", "no listener asks for one"),
        Arguments.of("audience: phial, ", "", "'audience' is missing"),
        Arguments.of(
            "audience: phial-admin",
            "audience: phial",
            "an issuer and audience that 'auth' takes too"),
        Arguments.of(
            "issuer: \"https://idp.example.org\", audience: phial-admin",
            "issuer: phial-local, audience: phial",
            "an issuer and audience that 'auth' takes too"),
        Arguments.of(
            "issuer: \"https://idp.example.org\", audience: phial,",
            "issuer: phial-local-admin, audience: phial-admin,",
            "an issuer and audience that 'auth' takes too"),
        Arguments.of(
            "file: admins.jwk", "file: \"x/../issuer.jwk\"", "the local issuer's file of 'auth'"),
        Arguments.of("CN=officer", "cn = app", "a client certificate that 'auth' knows too"),
        Arguments.of(", client_ca: admins.pem", "", "give listeners.admin 'tls' with 'client_ca'"),
        Arguments.of("persons: 1", "persons: 0", "between 1 and 2"),
        Arguments.of("valid_for: 2h", "valid_for: 721h", "must be a duration"),
        Arguments.of("0.0.0.0:7444", "0.0.0.0:8443", "is the address of another listener too"),
        Arguments.of(
            "0.0.0.0:7444\", tls: { certificate: a.pem, key: a.key, client_ca: admins.pem }",
            "0.0.0.0:7444\"",
            "can be reached from other machines"));
  }

  @ParameterizedTest
  @MethodSource("defects")
  void refuses_each_defect(String found, String replacement, String message) {
    assertThat(FULL).contains(found);
    ConfigException refused = refused(FULL.replace(found, replacement), Map.of(), List.of());
    assertThat(refused).hasMessageContaining(message);
    assertThat(refused.getMessage()).doesNotContain("correct-horse").doesNotContain("u:p@");
    assertThat(refused.problems()).hasSizeBetween(1, 2);
  }

  @Test
  void has_no_administration_unless_there_is_a_listener_and_a_trust_for_it() throws IOException {
    String listener = FULL.replaceAll("(?m)^  admin: .*\n", "");
    String neither = listener.replaceAll("(?ms)^admin:.*^limits:", "limits:");
    GatewayConfig config = load(neither, Map.of());
    assertThat(config.admin()).isEmpty();
    assertThat(config.listeners().admin()).isEmpty();
    assertThat(refused(listener, Map.of(), List.of()))
        .hasMessageContaining("is for the listener listeners.admin, which is missing");
    assertThat(refused(FULL.replaceAll("(?ms)^admin:.*^limits:", "limits:"), Map.of(), List.of()))
        .hasMessageContaining("nothing says who may administer");
    assertThat(refused(FULL + "admin: {}\n", Map.of(), List.of())).isNotNull();
  }

  @Test
  void lets_probes_reach_the_management_listener_from_other_machines() throws IOException {
    assertThat(load(FULL.replace("[::1]:9464", "0.0.0.0:9464"), Map.of())
            .listeners()
            .management()
            .address())
        .hasToString("0.0.0.0:9464");
  }

  @Test
  void tells_all_problems_at_once() {
    String broken = FULL.replace("500ms", "soon")
        .replace("store:", "stor:")
        .replace("json_depth: 10", "json_depth: 0");
    assertThat(refused(
                broken,
                Map.of(),
                List.of("keys.kek=nowhere", "nonsense", "listeners.ftp.address=x"))
            .problems())
        .extracting(Problem::path, Problem::file)
        .hasSize(7);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"127.0.0.1:0", "127.255.255.254:1", "localhost:80", "[::1]:443", "unix:/tmp/x"})
  void knows_local_addresses(String address) {
    assertThat(Address.parse(address).local()).isTrue();
    assertThat(Address.parse(address)).hasToString(address);
  }

  @Test
  void loads_the_shipped_configuration() {
    Path root = Path.of(System.getProperty("phial.root", "..")).toAbsolutePath().normalize();
    GatewayConfig config = loader.load(root.resolve("config/phial.yaml"), Map.of(), List.of());
    assertThat(config.policy()).isEqualTo(root.resolve("config/policy.yaml")).exists();
    assertThat(config.dataDir()).isEqualTo(root.resolve("data"));
    assertThat(config.listeners().http().address()).hasToString("127.0.0.1:8080");
    assertThat(config.listeners().grpc().address()).hasToString("127.0.0.1:7443");
    assertThat(config.listeners().management().address()).hasToString("127.0.0.1:9464");
    assertThat(config.listeners().admin().orElseThrow().address()).hasToString("127.0.0.1:7444");
    assertThat(config.admin().orElseThrow().approvals()).isEqualTo(Admin.Approvals.DEFAULTS);
    assertThat(config.upstreams().keySet()).isEqualTo(Set.of("ehr"));
    assertThat(config.limits()).isEqualTo(Limits.DEFAULTS);
  }

  @Test
  void reads_receivers_of_logs() throws IOException {
    Logs logs = load(FULL, Map.of("PHIAL_LOGS_RECEIVERS_HEC_TO_URL", "http://127.0.0.1:1"))
        .logs()
        .orElseThrow();
    assertThat(logs.caller())
        .isEqualTo(new Logs.Caller("app-logs", "main", Set.of("logs"), "HOPERAT"));
    assertThat(logs.buffer())
        .isEqualTo(new Logs.Buffer(directory.resolve("data/spool"), 3L << 30, Duration.ZERO));
    assertThat(logs.limits())
        .isEqualTo(new Logs.Limits(
            1 << 10, 1 << 20, 2 << 20, 9, Duration.ofSeconds(7), Duration.ofSeconds(8)));
    Logs.Receiver app = there(logs.receivers(), "app");
    assertThat(app.protocol()).isEqualTo(Logs.Protocol.SYSLOG_TCP);
    assertThat(app.to().counted()).isFalse();
    assertThat(app.to().identity())
        .contains(new Logs.Identity(directory.resolve("c.pem"), directory.resolve("c.key")));
    Logs.Receiver hec = there(logs.receivers(), "hec");
    assertThat(hec.tokens()).contains(directory.resolve("tokens"));
    assertThat(hec.to().port()).isEqualTo(1);
    assertThat(hec.to().authorization()).contains(directory.resolve("splunk"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "protocol: syslog, address: '127.0.0.1:1', to: { url: 'tcp://h:1' } | must be one of syslog-udp",
        "protocol: syslog-tcp, address: '0.0.0.0:1', to: { url: 'tcp://h:1' } | can be reached from other machines",
        "protocol: syslog-udp, address: '0.0.0.0:1', to: { url: 'tcp://h:1' } | can be reached from other machines",
        "protocol: syslog-udp, address: '127.0.0.1:1', tls: { certificate: c, key: k }, to: { url: 'tcp://h:1' } | cannot be spoken over UDP",
        "protocol: syslog-tcp, address: '127.0.0.1:1', to: { url: 'https://h:1' } | must be tcp://host:port or tls://host:port or udp://host:port",
        "protocol: syslog-tcp, address: '127.0.0.1:1', to: { url: 'tcp://h' } | must be tcp://host:port",
        "protocol: syslog-tcp, address: '127.0.0.1:1', tokens: { file: t }, to: { url: 'tcp://h:1' } | are not known to syslog-tcp",
        "protocol: syslog-tcp, address: '127.0.0.1:1', to: { url: 'tcp://h:1', framing: both } | must be octets or lines",
        "protocol: syslog-tcp, address: '127.0.0.1:1', to: { url: 'tcp://h:1', tls: { ca: c } } | neither https nor tls",
        "protocol: syslog-tcp, address: '127.0.0.1:1', to: { url: 'tls://h:1', tls: { key: k } } | needs both 'certificate' and 'key'",
        "protocol: splunk-hec, address: '127.0.0.1:1', to: { url: 'https://h' } | 'tokens' is missing",
        "protocol: loki, address: '127.0.0.1:1', to: { url: 'https://user@h' } | must be http://host:port or https://host:port",
        "protocol: loki, address: '127.0.0.1:1', to: { url: 'https://h', framing: lines } | is for syslog only",
        "protocol: loki, address: 'unix:/x', to: { url: 'https://h' } | must be host:port",
        "protocol: loki, address: '127.0.0.1:8082' | 'to' is missing",
        "protocol: loki, address: '127.0.0.1:1', to: { url: 'https://h', path: /x } | no such key"
      })
  void refuses_receivers_that_cannot_be_meant(String receiver, String problem) {
    String logs = FULL.substring(0, FULL.indexOf("logs:")) + "logs: { receivers: { r: { " + receiver
        + " } } }\n";
    assertThat(refused(logs, Map.of(), List.of()).problems()).anySatisfy(found -> {
      assertThat(found.path()).startsWith("logs.receivers.r");
      assertThat(found.line()).isPositive();
      assertThat(found.message()).contains(problem);
    });
  }

  @Test
  void is_documented_key_by_key() throws IOException {
    Path root = Path.of(System.getProperty("phial.root", ".."));
    String page = Files.readString(root.resolve("docs/configuration.md"));
    assertThat(ConfigKeys.ALL).allSatisfy(key -> assertThat(page).contains("`" + key + "`"));
  }

  private static <T> T there(Map<String, T> map, String name) {
    return Objects.requireNonNull(map.get(name), name);
  }

  private GatewayConfig load(String yaml, Map<String, String> environment) throws IOException {
    Path file = Files.writeString(directory.resolve("phial.yaml"), yaml);
    return loader.load(file, environment, List.of());
  }

  private ConfigException refused(String yaml, Map<String, String> environment, List<String> sets) {
    ConfigException refused = catchThrowableOfType(ConfigException.class, () -> {
      Path file = Files.writeString(directory.resolve("phial.yaml"), yaml);
      loader.load(file, environment, sets);
    });
    assertThat(refused).as("the configuration was accepted").isNotNull();
    return refused;
  }
}
