package dev.phial.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phial.gateway.Gateway;
import dev.phial.gateway.config.ConfigLoader;
import dev.phial.gateway.store.PostgresServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Vaulted tokens as a shell sees them, against a running gateway on each store. */
@Timeout(180)
class TokensCommandTest {
  private static final Path CONFIG =
      Path.of(System.getProperty("phial.root", "..")).resolve("config/phial.yaml");

  @TempDir
  Path data = Path.of("");

  private List<String> store = List.of();

  /** The commands that call the admin listener. */
  private static final Set<String> ADMINISTRATION = Set.of("keys", "tokens");

  private record Result(int exit, String out, String err) {}

  private List<String> settings() throws IOException {
    Path policy = data.resolve("policy.yaml");
    String own = Files.readString(CONFIG.resolveSibling("policy.yaml"))
        .replaceFirst("(?m)^elements:\\R", """
            elements:
              zip: { identifier: GEO, protect: { tokenize: { kind: vaulted, format: "digits:5", ttl: 30d } } }
            """);
    Files.writeString(policy, own);
    List<String> settings = new ArrayList<>(List.of(
        "policy=" + policy,
        "data_dir=" + data,
        "listeners.http.address=127.0.0.1:0",
        "listeners.grpc.address=unix:" + data.resolve("grpc.sock"),
        "listeners.admin.address=unix:" + data.resolve("admin.sock"),
        "listeners.management.address=127.0.0.1:0"));
    settings.addAll(store);
    return settings;
  }

  private Result phial(String input, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of(
        "--config",
        CONFIG.toString(),
        "--set",
        "data_dir=" + data,
        "--server",
        "unix:"
            + data.resolve(ADMINISTRATION.contains(arguments[0]) ? "admin.sock" : "grpc.sock")));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line =
        PhialCommand.line().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    InputStream stdin = System.in;
    System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
    try {
      return new Result(line.execute(all.toArray(String[]::new)), out.toString(), err.toString());
    } finally {
      System.setIn(stdin);
    }
  }

  private Result tokens(String operation, String... more) {
    List<String> all = new ArrayList<>(List.of("tokens", operation, "--tenant", "default"));
    all.addAll(List.of(more));
    return phial("", all.toArray(String[]::new));
  }

  @Test
  void live_and_die_in_the_embedded_store() throws Exception {
    live_and_die();
  }

  @Test
  void live_and_die_in_postgresql() throws Exception {
    PostgresServer server = PostgresServer.shared();
    Path password = data.resolve("db.password");
    Files.createFile(
        password,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(password, PostgresServer.PASSWORD + "\n");
    Path config = Files.writeString(
        data.resolve("phial.yaml"),
        Files.readString(CONFIG)
            .replaceFirst(
                "(?m)^store: .*$",
                "store: { type: postgresql, url: \"postgresql://127.0.0.1:" + server.port() + "/"
                    + server.newDatabase() + "\", user: " + PostgresServer.USER
                    + ", password: { file: db.password } }"));
    try (Gateway gateway = Gateway.start(new ConfigLoader().load(config, Map.of(), settings()))) {
      assertThat(gateway).isNotNull();
      life();
    }
  }

  private void live_and_die() throws Exception {
    try (Gateway gateway = Gateway.start(new ConfigLoader().load(CONFIG, Map.of(), settings()))) {
      assertThat(gateway).isNotNull();
      life();
    }
  }

  private void life() {
    String token = phial("02139\n", "tokenize", "-e", "zip").out().strip();
    assertThat(token).matches("[0-9]{5}").isNotEqualTo("02139");
    assertThat(phial(token, "detokenize", "-e", "zip").out().strip()).isEqualTo("02139");

    Result described = tokens("describe", "-e", "zip", "--json", token);
    assertThat(described.exit()).isZero();
    assertThat(described.out())
        .contains("\"token\":\"" + token + "\"", "\"state\":\"enabled\"", "\"expires\":")
        .doesNotContain("02139");

    assertThat(tokens("disable", "-e", "zip", token).out()).contains("disabled");
    Result disabled = phial(token, "detokenize", "-e", "zip");
    assertThat(disabled.exit()).isEqualTo(1);
    assertThat(disabled.err()).contains("token_retired");
    assertThat(tokens("enable", "-e", "zip", token).out()).contains("enabled");

    assertThat(phial("", "keys", "rotate", "--tenant", "default", "--keyset", "encrypt")
            .exit())
        .isZero();
    assertThat(tokens("count", "--json").out())
        .contains("{\"element\":\"zip\",\"key_version\":1,\"tokens\":1}");
    assertThat(phial(token, "retokenize", "-e", "zip").out().strip()).isEqualTo(token);
    assertThat(tokens("count").out()).containsPattern("zip +2 +1");
    assertThat(phial(token, "detokenize", "-e", "zip").out().strip()).isEqualTo("02139");

    assertThat(tokens("delete", "-e", "zip", token).err()).contains("add --yes");
    assertThat(phial(token, "detokenize", "-e", "zip").out().strip()).isEqualTo("02139");
    assertThat(tokens("delete", "-e", "zip", "--yes", token).out()).contains("deleted");
    assertThat(phial(token, "detokenize", "-e", "zip").err()).contains("token_retired");
    Result unknown = tokens("describe", "-e", "mrn", token);
    assertThat(unknown.exit()).isEqualTo(1);
    assertThat(unknown.err()).contains("1 of 1 tokens are unknown");
  }
}
