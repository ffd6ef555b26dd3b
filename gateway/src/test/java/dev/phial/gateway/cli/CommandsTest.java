package dev.phial.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.gateway.Gateway;
import dev.phial.gateway.config.ConfigLoader;
import dev.phial.gateway.config.GatewayConfig;
import dev.phial.gateway.evidence.Evidence;
import dev.phial.gateway.evidence.Statement;
import dev.phial.gateway.evidence.StatementKind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The phial command as a shell sees it, against a running gateway. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommandsTest {
  private static final Path CONFIG =
      Path.of(System.getProperty("phial.root", "..")).resolve("config/phial.yaml");

  @SuppressWarnings("NullAway.Init")
  private Path data;

  @SuppressWarnings("NullAway.Init")
  private Gateway gateway;

  @SuppressWarnings("NullAway.Init")
  private GatewayConfig config;

  @BeforeAll
  void start(@TempDir Path folder) {
    data = folder;
    config = new ConfigLoader()
        .load(
            CONFIG,
            Map.of(),
            List.of(
                "data_dir=" + data,
                "listeners.http.address=127.0.0.1:0",
                "listeners.grpc.address=unix:" + data.resolve("grpc.sock"),
                "listeners.admin.address=unix:" + data.resolve("admin.sock"),
                "listeners.management.address=127.0.0.1:0"));
    gateway = Gateway.start(config);
  }

  @AfterAll
  void stop() {
    gateway.close();
  }

  /** The commands that call the admin listener. */
  private static final Set<String> ADMINISTRATION = Set.of("keys", "tokens");

  private record Result(int exit, String out, String err) {}

  private Result phial(String input, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line =
        PhialCommand.line().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    InputStream stdin = System.in;
    System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
    try {
      return new Result(line.execute(arguments), out.toString(), err.toString());
    } finally {
      System.setIn(stdin);
    }
  }

  private Result call(String input, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of(
        "--config",
        CONFIG.toString(),
        "--set",
        "data_dir=" + data,
        "--server",
        "unix:"
            + data.resolve(ADMINISTRATION.contains(arguments[0]) ? "admin.sock" : "grpc.sock")));
    return phial(input, all.toArray(String[]::new));
  }

  @Test
  void selftest_gets_every_known_answer() {
    Result table = phial("", "selftest");
    Result lines = phial("", "selftest", "--json");

    assertThat(table.exit()).isZero();
    assertThat(table.out()).contains("FF1, sample 9, composed").endsWith(" right, 0 wrong\n");
    assertThat(table.out()).doesNotContain("WRONG");
    assertThat(lines.exit()).isZero();
    assertThat(lines.out().lines()).allMatch(line -> line.contains("\"right\":true"));
  }

  @Test
  void a_statement_is_verified_with_what_evidence_key_printed() throws IOException {
    Result printed =
        phial("", "evidence", "key", "--config", CONFIG.toString(), "--set", "data_dir=" + data);
    assertThat(printed.exit()).isZero();
    assertThat(printed.out()).doesNotContain("\"d\"");
    Path key = Files.writeString(data.resolve("public.jwk"), printed.out());
    String statement = Evidence.open(config.evidence().key(), FipsModule.start(), Clock.systemUTC())
        .sign(new Statement(StatementKind.JOB_REPORT, 1, Map.of("done", 3)));
    Path file = Files.writeString(data.resolve("report.jws"), statement);
    String[] verify = {"evidence", "verify", file.toString(), "--key", key.toString()};

    assertThat(phial("", verify).out()).contains("authentic").contains("\"facts\":{\"done\":3}");
    Result json =
        phial("", "evidence", "verify", file.toString(), "--key", key.toString(), "--json");
    assertThat(json.out()).startsWith("{\"kind\":\"phial-job-report+jwt\",\"key_id\":");

    Files.writeString(file, statement.replaceFirst("\\.e", ".f"));
    Result forged = phial("", verify);
    assertThat(forged.exit()).isEqualTo(1);
    assertThat(forged.out()).isEmpty();
    assertThat(forged.err()).contains("NOT AUTHENTIC");
  }

  @Test
  void a_key_version_goes_out_of_use_and_comes_back() {
    String[] keyset = {"--tenant", "north-wing", "--keyset", "index"};
    assertThat(keys(keyset, "rotate").exit()).isZero();
    assertThat(keys(keyset, "rotate").exit()).isZero();

    assertThat(keys(keyset, "disable", "--key-version", "1").out()).contains("disabled");
    assertThat(keys(keyset, "enable", "--key-version", "1").out()).doesNotContain("disabled");
    Result primary = keys(keyset, "disable", "--key-version", "2");
    assertThat(primary.exit()).isEqualTo(1);
    assertThat(primary.err()).contains("rotate the keyset first");
  }

  @Test
  void a_pinned_element_is_moved_step_by_step() {
    String value = "6ba7b810-9dad-41d1-80b4-00c04fd430c8\n";
    String[] tokenize = {"tokenize", "-e", "resource_uuid"};
    String[] detokenize = {"detokenize", "-e", "resource_uuid"};
    String[] pin = {"--tenant", "default", "--element", "resource_uuid"};
    String old = call(value, tokenize).out();
    Result listed = keys(new String[] {"--tenant", "default", "--json"}, "pins", "list");
    String from = number("resource_uuid\",\"state\":\"settled\",\"version\":", listed.out());
    keys(new String[] {"--tenant", "default", "--keyset", "tokenize"}, "rotate");

    assertThat(keys(pin, "pins", "hold").err()).contains("move first");
    String moving = keys(pin, "pins", "move", "--json").out();
    String to = number("\"target\":", moving);
    assertThat(keys(pin, "pins", "move").exit()).isEqualTo(1);
    String renewed =
        call(old, "retokenize", "-e", "resource_uuid", "--key-version", from).out();
    assertThat(renewed).isNotEqualTo(old);
    assertThat(keys(pin, "pins", "hold").out()).contains("held");
    assertThat(call(old, detokenize).exit()).isNotZero();
    assertThat(call(renewed, "detokenize", "-e", "resource_uuid", "--key-version", to)
            .out())
        .isEqualTo(value);
    assertThat(keys(pin, "pins", "finish").err()).contains("try again in");
    assertThat(keys(pin, "pins", "cancel").out()).contains("settled");
    assertThat(call(old, detokenize).out()).isEqualTo(value);
  }

  private static String number(String before, String text) {
    assertThat(text).contains(before);
    return text.substring(text.indexOf(before) + before.length()).replaceFirst("(?s)[^0-9].*", "");
  }

  @Test
  void who_asks_at_the_wrong_address_is_told_the_right_one() {
    Result keys = phial(
        "",
        "keys",
        "list",
        "--config",
        CONFIG.toString(),
        "--set",
        "data_dir=" + data,
        "--server",
        "unix:" + data.resolve("grpc.sock"));
    assertThat(keys.exit()).isEqualTo(1);
    assertThat(keys.err()).contains("grpc.sock does not serve this", "listeners.admin");

    Result tokenize = phial(
        "536-27-8841",
        "tokenize",
        "-e",
        "ssn",
        "--config",
        CONFIG.toString(),
        "--set",
        "data_dir=" + data,
        "--server",
        "unix:" + data.resolve("admin.sock"));
    assertThat(tokenize.exit()).isEqualTo(1);
    assertThat(tokenize.err())
        .contains("admin.sock does not serve this", "listeners.grpc")
        .doesNotContain("8841");
  }

  @Test
  void a_token_for_administration_is_made_by_its_own_issuer() {
    String[] config = {"--config", CONFIG.toString(), "--set", "data_dir=" + data};
    Result admin = phial("", all(config, "token", "--admin", "--as", "officer.mbeki-strand"));
    Result own = phial("", all(config, "token"));

    assertThat(claims(admin.out()))
        .contains("\"iss\":\"phial-local-admin\"", "officer.mbeki-strand", "security-officer");
    assertThat(claims(own.out())).contains("\"iss\":\"phial-local\"", "clinician");
  }

  private static String[] all(String[] options, String... command) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of(options));
    return all.toArray(String[]::new);
  }

  private static String claims(String token) {
    return new String(
        Base64.getUrlDecoder().decode(token.strip().split("\\.", -1)[1]), StandardCharsets.UTF_8);
  }

  @Test
  void a_configuration_without_an_admin_listener_says_so(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(
        folder.resolve("phial.yaml"),
        Files.readString(CONFIG)
            .replaceAll("(?m)^  admin: .*\n", "")
            .replaceAll("(?ms)^admin:.*?(?=^#)", ""));

    Result list = phial("", "keys", "list", "--config", file.toString());

    assertThat(list.exit()).isEqualTo(78);
    assertThat(list.err()).contains("no listeners.admin");
  }

  @Test
  void keys_are_rewrapped_and_their_keks_counted() {
    keys(new String[] {"--tenant", "south-wing", "--keyset", "index"}, "rotate");

    Result dry = keys(new String[] {"--tenant", "south-wing"}, "rewrap", "--dry-run");
    Result done = keys(new String[] {"--tenant", "south-wing"}, "rewrap");
    Result status = keys(new String[] {}, "status");

    assertThat(dry.out()).contains("south-wing");
    assertThat(dry.err()).isEmpty();
    assertThat(done.err()).contains("rewrapped 1 of 1 keysets");
    assertThat(status.out()).contains("DATA KEYS", "local/default");
    assertThat(keys(new String[] {"--json"}, "status").out()).contains("\"data_keys\":");
  }

  @Test
  void a_version_is_destroyed_after_its_time_and_that_can_be_taken_back() {
    String[] keyset = {"--tenant", "east-wing", "--keyset", "encrypt"};
    keys(keyset, "rotate");
    keys(keyset, "rotate");
    keys(keyset, "rotate");

    Result dry = keys(keyset, "destroy", "--key-version", "1", "--dry-run", "--json");
    assertThat(dry.exit()).isZero();
    assertThat(dry.out()).contains("\"versions\":[1]").contains("\"dependents\":[]");
    assertThat(dry.err()).contains("nothing was changed");
    assertThat(call("", "keys", "list", "--tenant", "east-wing", "--json").out())
        .doesNotContain("destroy_time");
    Result hasty = keys(keyset, "destroy", "--key-version", "1", "--waiting", "6d");
    assertThat(hasty.exit()).isEqualTo(1);
    assertThat(hasty.err()).contains("7 days at least");
    assertThat(
            keys(keyset, "destroy", "--key-version", "1", "--waiting", "soon").exit())
        .isEqualTo(2);

    Result ordered = keys(keyset, "destroy", "--key-version", "1", "--waiting", "8d");
    assertThat(ordered.exit()).isZero();
    assertThat(ordered.err()).contains("out of use now; due ");
    assertThat(keys(keyset, "enable", "--key-version", "1").err())
        .contains("to be destroyed; cancel that first");
    assertThat(keys(keyset, "trim", "--below", "3").err()).contains("version 2 is enabled");
    assertThat(keys(new String[] {"--tenant", "east-wing"}, "receipt").err())
        .contains("nothing of it is destroyed yet");
    assertThat(keys(keyset, "cancel-destroy", "--key-version", "1").out()).contains("disabled");
    assertThat(keys(keyset, "trim", "--below", "2", "--dry-run", "--json").out())
        .contains("\"versions\":[1]");
    assertThat(keys(keyset, "enable", "--key-version", "1").exit()).isZero();
  }

  @Test
  void a_tenant_is_shredded_with_yes_only_and_that_can_be_taken_back() {
    String[] tenant = {"--tenant", "west-wing"};
    keys(new String[] {"--tenant", "west-wing", "--keyset", "encrypt"}, "rotate");

    Result shown = keys(tenant, "shred");
    assertThat(shown.exit()).isZero();
    assertThat(shown.err()).contains("nothing was changed; add --yes");
    assertThat(keys(tenant, "cancel-shred").err()).contains("not to be destroyed");
    assertThat(keys(tenant, "shred", "--yes", "--json").out())
        .contains("\"keyset\":\"encrypt\"")
        .contains("\"keyset\":\"tokenize\"")
        .contains("\"keyset\":\"index\"");
    assertThat(keys(new String[] {"--tenant", "west-wing", "--keyset", "encrypt"}, "rotate")
            .err())
        .contains("all keys of this tenant are to be destroyed");
    assertThat(keys(tenant, "cancel-shred").exit()).isZero();
    assertThat(keys(new String[] {"--tenant", "west-wing", "--keyset", "encrypt"}, "rotate")
            .exit())
        .isZero();
  }

  private Result keys(String[] options, String... command) {
    List<String> all = new ArrayList<>(List.of("keys"));
    all.addAll(List.of(command));
    all.addAll(List.of(options));
    return call("", all.toArray(String[]::new));
  }

  @Test
  void stored_values_are_renewed_without_being_shown() {
    String sealed = call("Rosalind", "encrypt", "-e", "given_name").out();
    String token = call("MC-0047812", "tokenize", "-e", "mrn").out();

    Result reencrypted = call(sealed, "reencrypt", "-e", "given_name", "--json");
    Result retokenized = call(token, "retokenize", "-e", "mrn", "--json");

    assertThat(reencrypted.exit()).isZero();
    assertThat(reencrypted.out()).contains("\"key_version\":").doesNotContain("Rosalind");
    assertThat(retokenized.exit()).isZero();
    assertThat(retokenized.out()).contains("pt").doesNotContain("MC-0047812");
    Result refused = call("Rosalind", "reencrypt", "-e", "given_name");
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.err()).contains("not_authentic").doesNotContain("Rosalind");
  }

  @Test
  void a_document_of_any_size_passes_through_encrypt_and_decrypt() {
    String document = "A line that is not cut at its end.\n".repeat(20_000);
    byte[] sealed = binary(document.getBytes(StandardCharsets.UTF_8), "encrypt");
    assertThat(new String(sealed, 0, 3, StandardCharsets.US_ASCII)).isEqualTo("PHL");
    assertThat(sealed.length).isGreaterThan(document.length());
    assertThat(new String(binary(sealed, "decrypt"), StandardCharsets.UTF_8)).isEqualTo(document);
  }

  private byte[] binary(byte[] input, String command) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stdout = System.out;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    InputStream stdin = System.in;
    System.setIn(new ByteArrayInputStream(input));
    try {
      int exit = PhialCommand.line()
          .execute(
              command,
              "-e",
              "given_name",
              "--stream",
              "--config",
              CONFIG.toString(),
              "--set",
              "data_dir=" + data,
              "--server",
              "unix:" + data.resolve("grpc.sock"));
      assertThat(exit).isZero();
      return out.toByteArray();
    } finally {
      System.setOut(stdout);
      System.setIn(stdin);
    }
  }

  @Test
  void a_document_that_is_refused_says_why_and_ends_with_one() {
    Result refused = call(
        "no sealed document, though long enough".repeat(9),
        "decrypt",
        "-e",
        "given_name",
        "--stream");
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.err()).contains("INVALID_ARGUMENT");
  }

  @Test
  void tokens_come_back_line_by_line() {
    Result tokens = call("536-27-8841\n418-60-3927\n", "tokenize", "--element", "ssn");

    assertThat(tokens.exit()).isZero();
    assertThat(tokens.out().lines())
        .hasSize(2)
        .allMatch(token -> token.matches("\\d{3}-\\d{2}-\\d{4}"));
    assertThat(call(tokens.out(), "detokenize", "--element", "ssn").out().lines())
        .containsExactly("536-27-8841", "418-60-3927");
    assertThat(call(
                tokens.out(),
                "detokenize",
                "-e",
                "ssn",
                "--role",
                "support",
                "--purpose",
                "HOPERAT")
            .out()
            .lines())
        .containsExactly("***-**-8841", "***-**-3927");
  }

  @Test
  void sealed_values_come_back() {
    Result sealed = call("Rosalind\n林\n", "encrypt", "--element", "given_name");

    assertThat(sealed.out().lines()).hasSize(2).allMatch(text -> text.startsWith("phial:v1:"));
    assertThat(call(sealed.out(), "decrypt", "--element", "given_name").out().lines())
        .containsExactly("Rosalind", "林");
  }

  @Test
  void a_context_must_be_given_again() {
    Result sealed = call("Rosalind\n", "encrypt", "-e", "given_name", "--context", "visit=7");

    assertThat(call(sealed.out(), "decrypt", "-e", "given_name", "--context", "visit=7")
            .exit())
        .isZero();
    assertThat(call(sealed.out(), "decrypt", "-e", "given_name").exit()).isEqualTo(1);
  }

  @Test
  void a_refused_line_is_named_by_number_and_keeps_its_place() {
    Result tokens = call("536-27-8841\nnonsense-77\n418-60-3927\n", "tokenize", "-e", "ssn");

    assertThat(tokens.exit()).isEqualTo(1);
    assertThat(tokens.out().lines()).hasSize(3).element(1).isEqualTo("");
    assertThat(tokens.err())
        .contains("line 2: invalid_value")
        .contains("ssn")
        .doesNotContain("nonsense");
  }

  @Test
  void many_lines_keep_their_order() {
    StringBuilder input = new StringBuilder();
    for (int i = 0; i < 1234; i++) {
      input.append("MRN-").append(i).append('\n');
    }

    Result tokens = call(input.toString(), "tokenize", "-e", "mrn");

    assertThat(call(tokens.out(), "detokenize", "-e", "mrn").out())
        .isEqualToNormalizingNewlines(input.toString());
  }

  @Test
  void digests_find_what_was_sealed() {
    String sealed =
        call("Achterberg\n", "encrypt", "-e", "family_name", "--json").out();
    Result digests = call("Achterberg\nRosalind\n", "index", "-e", "family_name");

    assertThat(digests.exit()).isZero();
    assertThat(digests.out().lines()).hasSize(2).allMatch(line -> line.startsWith("ix1:"));
    assertThat(sealed).contains(digests.out().lines().findFirst().orElseThrow());
    assertThat(call("Achterberg\n", "index", "-e", "family_name", "--json").out())
        .matches("\\{\"line\":1,.*\"digests\":\\[\"ix1:[\\w-]{43}\"].*}\\s+")
        .contains("\"key_version\":1");
    assertThat(call("536-27-8841\n", "index", "-e", "ssn")).satisfies(refused -> {
      assertThat(refused.exit()).isEqualTo(1);
      assertThat(refused.err()).contains("has no index").doesNotContain("8841");
    });
  }

  @Test
  void a_rule_with_a_way_back_is_no_deidentification() {
    assertThat(call("536-27-8841\n", "deidentify", "-e", "ssn")).satisfies(refused -> {
      assertThat(refused.exit()).isEqualTo(1);
      assertThat(refused.err())
          .contains("element ssn is not protected by a rule without a way back")
          .doesNotContain("8841");
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"policy.yaml", "safe-harbor.yaml", "limited-data-set.yaml"})
  void every_policy_that_is_shipped_is_sound_and_can_be_explained(String name) {
    String file = CONFIG.resolveSibling(name).toString();

    assertThat(phial("", "policy", "check", file).exit()).isZero();
    assertThat(phial("", "policy", "explain", file)).satisfies(explained -> {
      assertThat(explained.exit()).isZero();
      assertThat(explained.out().lines()).hasSizeGreaterThan(60);
    });
  }

  @Test
  void what_a_new_policy_loosens_is_told_and_ends_with_one() throws IOException {
    Path old = CONFIG.resolveSibling("policy.yaml");
    Path looser = Files.writeString(
        data.resolve("looser.yaml"),
        Files.readString(old).replace("ssn: masked", "ssn: plaintext"));

    Result told = phial("", "policy", "diff", old.toString(), looser.toString());
    Result back = phial("", "policy", "diff", looser.toString(), old.toString());

    assertThat(told.exit()).isEqualTo(1);
    assertThat(told.out())
        .isEqualToNormalizingNewlines("looser: access.support.reveal.ssn: plaintext, was masked\n");
    assertThat(back.exit()).isZero();
    assertThat(back.out()).contains("nothing is looser");
    assertThat(phial("", "policy", "diff", old.toString(), looser.toString(), "--json")
            .out())
        .contains("{\"looser\":\"access.support.reveal.ssn");
  }

  @Test
  void a_policy_is_explained() throws IOException {
    Path policy = Files.writeString(data.resolve("explained.yaml"), """
        version: 1
        elements:
          family_name: { identifier: NAME, protect: { encrypt: { index: { ignore: [case, accents], bits: 24 } } } }
          born:        { identifier: DATE, protect: { shift: { days: 365, unfit: redact } } }
          zip:         { identifier: GEO,  protect: { generalize: zip3-safe-harbor } }
        access:
          application: { purposes: [TREAT], protect: ["*"] }
          researcher:  { purposes: [TREAT], reveal: { family_name: deny, "*": plaintext } }
        """);
    Result explained = phial("", "policy", "explain", policy.toString(), "--values", "1000000");

    assertThat(explained.exit()).isZero();
    assertThat(explained.out())
        .contains(
            "family_name (NAME)",
            "  index: of the value without accents (a1), case (c1), 24 of 256 bits kept",
            "chance of 2^-24; among 1,000,000 different values a search finds about 0.060 wrong ones",
            "1 to 365 days earlier or later",
            "group 'dates'; what the rule does not take is removed",
            "census of 2000-04-01",
            "seen by: researcher (as it is stored)",
            "seen by: nobody",
            "sent by: application");
    assertThat(phial("", "policy", "explain", policy.toString(), "-e", "zip").out())
        .startsWith("zip (GEO)")
        .doesNotContain("born");
    assertThat(phial("", "policy", "explain", policy.toString(), "-e", "zap")).satisfies(wrong -> {
      assertThat(wrong.exit()).isEqualTo(2);
      assertThat(wrong.err()).contains("did you mean 'zip'");
    });
  }

  @Test
  void json_says_more() {
    assertThat(call("536-27-8841\n", "tokenize", "-e", "ssn", "--json").out())
        .matches("\\{\"line\":1,\"value\":\"\\d{3}-\\d{2}-\\d{4}\",\"key_version\":1}\\s+");
  }

  @Test
  void keys_are_listed_and_rotated_by_the_officer_only() {
    call("x\n", "encrypt", "-e", "given_name");

    assertThat(call("", "keys", "list").out())
        .contains("default")
        .contains("encrypt")
        .contains("primary");
    assertThat(call("", "keys", "rotate", "--tenant", "other", "--keyset", "encrypt")
            .exit())
        .isZero();
    assertThat(call("", "keys", "rotate", "--tenant", "other", "--keyset", "encrypt", "--json")
            .out())
        .contains("\"primary\":2");
    assertThat(call(
            "",
            "keys",
            "rotate",
            "--tenant",
            "other",
            "--keyset",
            "encrypt",
            "--role",
            "clinician"))
        .satisfies(refused -> {
          assertThat(refused.exit()).isEqualTo(1);
          assertThat(refused.err()).contains("PERMISSION_DENIED");
        });
  }

  @Test
  void the_audit_log_verifies_until_somebody_edits_it() throws IOException {
    call("536-27-8841\n", "tokenize", "-e", "ssn");
    Path copy = data.resolve("copy.jsonl");
    Files.copy(config.audit().file(), copy);

    assertThat(phial("", "audit", "verify", copy.toString()).exit()).isZero();
    Files.writeString(copy, Files.readString(copy).replaceFirst("\"start\"", "\"stars\""));
    assertThat(phial("", "audit", "verify", copy.toString())).satisfies(broken -> {
      assertThat(broken.exit()).isEqualTo(1);
      assertThat(broken.err()).contains("line 1");
    });
  }

  @Test
  void health_asks_the_management_listener() {
    int port = gateway.addresses().management().getPort();

    assertThat(phial(
            "",
            "health",
            "--config",
            CONFIG.toString(),
            "--set",
            "listeners.management.address=127.0.0.1:" + port))
        .satisfies(ready -> {
          assertThat(ready.exit()).isZero();
          assertThat(ready.out()).contains("ready").contains("approved-only mode: true");
        });
  }

  @Test
  void a_policy_is_checked_with_all_its_errors() throws IOException {
    Path bad = data.resolve("bad.yaml");
    Files.writeString(bad, """
        version: 1
        elements:
          zip: { identifier: GEO, protect: { tokenize: { format: "digits:5", key_version: pinned } } }
          x: { identifier: NOBODY, protect: { encrypt: {} } }
        """);

    assertThat(phial("", "policy", "check", CONFIG.resolveSibling("policy.yaml").toString())
            .exit())
        .isZero();
    assertThat(phial("", "policy", "check", bad.toString())).satisfies(checked -> {
      assertThat(checked.exit()).isEqualTo(1);
      assertThat(checked.err())
          .contains("bad.yaml:3:")
          .contains("bad.yaml:4:")
          .contains("1,000,000");
    });
  }

  @Test
  void a_gateway_that_is_not_there_is_one_helpful_line() throws IOException {
    int nobody;
    try (ServerSocket free = new ServerSocket()) {
      free.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      nobody = free.getLocalPort();
    }

    Result alone = phial(
        "x\n",
        "tokenize",
        "-e",
        "ssn",
        "--config",
        CONFIG.toString(),
        "--set",
        "data_dir=" + data,
        "--server",
        "127.0.0.1:" + nobody);
    assertThat(alone.exit()).isEqualTo(69);
    assertThat(alone.err()).contains("phial serve").hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "serve",
        "demo",
        "tokenize",
        "detokenize",
        "encrypt",
        "decrypt",
        "deidentify",
        "index",
        "keys",
        "policy",
        "audit",
        "token",
        "health",
        "records"
      })
  void every_command_teaches(String command) {
    Result help = command.isEmpty() ? phial("", "--help") : phial("", command, "--help");

    assertThat(help.exit()).isZero();
    assertThat(help.out()).contains("Usage:").hasSizeGreaterThan(150);
  }
}
