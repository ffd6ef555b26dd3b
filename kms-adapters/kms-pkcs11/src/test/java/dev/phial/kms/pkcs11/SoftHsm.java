package dev.phial.kms.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.kms.Kms;
import dev.phial.kms.KmsProvider;
import dev.phial.kms.KmsSettings;
import dev.phial.kms.testkit.Requirement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AuthProvider;
import java.security.ProviderException;
import java.security.Security;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** SoftHSM with three tokens, made anew for each run of the tests. A process loads it once, so all tests share it. */
final class SoftHsm {
  static final String PIN = "74921-example";
  static final String TOKEN = "phial test";
  static final String OTHER_TOKEN = "other";
  static final String FRAIL_TOKEN = "frail";
  private static final List<String> TOKENS = List.of(FRAIL_TOKEN, TOKEN, OTHER_TOKEN);
  private static @Nullable SoftHsm instance;

  private final Path library;
  private final Path tool;
  private final Path frail;
  private final Path pulled;

  private SoftHsm(Path library, Path tool, Path frail, Path pulled) {
    this.library = library;
    this.tool = tool;
    this.frail = frail;
    this.pulled = pulled;
  }

  static synchronized SoftHsm started() throws Exception {
    SoftHsm started = instance;
    if (started == null) {
      started = start();
      instance = started;
    }
    return started;
  }

  private static SoftHsm start() throws Exception {
    FipsModule.start();
    Path util = Requirement.program("softhsm2-util", "Debian's softhsm2");
    Path tool = Requirement.program("pkcs11-tool", "Debian's opensc");
    Path library = Requirement.file(
        List.of(
            "/usr/lib/softhsm/libsofthsm2.so",
            "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
            "/usr/lib64/softhsm/libsofthsm.so",
            "/usr/local/lib/softhsm/libsofthsm2.so"),
        "Debian's softhsm2");
    Path configuration = Path.of(Objects.requireNonNull(System.getenv("SOFTHSM2_CONF")));
    Path tokens = configuration.resolveSibling("tokens");
    delete(tokens);
    delete(configuration.resolveSibling("pulled"));
    Files.createDirectories(tokens);
    Files.writeString(
        configuration,
        "directories.tokendir = " + tokens + "\nobjectstore.backend = file\nlog.level = ERROR\n");
    Path frail = tokens;
    for (String label : TOKENS) {
      run(List.of(
          util.toString(),
          "--init-token",
          "--free",
          "--label",
          label,
          "--pin",
          PIN,
          "--so-pin",
          PIN));
      if (label.equals(FRAIL_TOKEN)) {
        frail = onlyToken(tokens);
      }
    }
    return new SoftHsm(library, tool, frail, configuration.resolveSibling("pulled"));
  }

  /** Opens the test token, with changed settings ({@code ""} removes one). */
  Kms open(Map<String, String> changes) {
    Map<String, String> settings = new HashMap<>(Map.of(
        "library", library.toString(),
        "token_label", TOKEN,
        "pin.env", "PIN",
        "create", "true",
        "kek", "default",
        "timeout", "60s"));
    settings.putAll(changes);
    settings.values().removeIf(String::isEmpty);
    return KmsProvider.ofType("pkcs11", SoftHsm.class.getClassLoader())
        .open(new KmsSettings("hsm", settings, Path.of(""), variable -> PIN));
  }

  Path library() {
    return library;
  }

  /** What the vendor's tool prints, logged in to the test token. */
  String tool(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(
        tool.toString(),
        "--module",
        library.toString(),
        "--token-label",
        TOKEN,
        "--login",
        "--pin",
        PIN));
    command.addAll(List.of(arguments));
    return run(command);
  }

  /** Pulls the frail token out, for good: SoftHSM does not take one back before its process restarts. */
  void pullFrailToken() throws IOException {
    Files.move(frail, pulled);
  }

  /** Logs the whole process out of the test token, as a reset of an HSM does. */
  void logOut() throws Exception {
    for (int i = 0; i < TOKENS.size(); i++) {
      String slot = "--name=end" + i + "\nlibrary=" + library + "\nslotListIndex=" + i + "\n";
      try {
        AuthProvider provider = (AuthProvider)
            Objects.requireNonNull(Security.getProvider("SunPKCS11")).configure(slot);
        provider.logout();
      } catch (ProviderException e) {
        assertThat(frail).as("only a pulled token cannot be logged out of").doesNotExist();
      }
    }
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s: %s", command.get(0), output).isZero();
    return output;
  }

  /** The first token is made first, and has the directory for itself. */
  private static Path onlyToken(Path tokens) throws IOException {
    try (Stream<Path> all = Files.list(tokens)) {
      return all.filter(Files::isDirectory).findFirst().orElseThrow();
    }
  }

  private static void delete(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
