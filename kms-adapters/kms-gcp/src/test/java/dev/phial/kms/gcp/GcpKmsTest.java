package dev.phial.kms.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.kms.AccessDeniedException;
import dev.phial.kms.KekRef;
import dev.phial.kms.KeyNotFoundException;
import dev.phial.kms.Kms;
import dev.phial.kms.KmsException;
import dev.phial.kms.KmsSettings;
import dev.phial.kms.KmsUnavailableException;
import dev.phial.kms.WrapContext;
import dev.phial.kms.WrappedKey;
import dev.phial.kms.testkit.KmsContractTest;
import dev.phial.kms.testkit.ManualTimer;
import dev.phial.kms.testkit.RestDouble;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GcpKmsTest extends KmsContractTest {
  private static final KekRef KEK = new KekRef("gcp", CloudKms.KEY);
  private static final WrapContext CONTEXT = new WrapContext("north-clinic", "ENCRYPT", 7, 1);
  private static final CloudKms CLOUD = made();

  @TempDir
  Path directory = Path.of("");

  private final ManualTimer timer = new ManualTimer();
  private final CloudKms service = CLOUD;
  private final RestDouble server;

  GcpKmsTest() throws Exception {
    server = RestDouble.start(service);
  }

  private static CloudKms made() {
    try {
      return new CloudKms();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeAll
  static void startModule() {
    FipsModule.start();
  }

  @AfterEach
  void stopServer() {
    service.state = "ENABLED";
    service.flipABit = false;
    server.close();
  }

  @Override
  protected Kms open() throws Exception {
    return open(Map.of("credentials", credentials("rw-------")));
  }

  @Override
  protected OptionalInt servicePort() {
    return OptionalInt.of(URI.create(server.address()).getPort());
  }

  @Override
  protected Kms openAt(int port) throws Exception {
    return open(
        Map.of("credentials", credentials("rw-------"), "endpoint", "http://127.0.0.1:" + port));
  }

  private Kms open(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(
        Map.of("endpoint", server.address(), "metadata", server.address(), "timeout", "30s"));
    settings.putAll(more);
    return GcpKmsProvider.open(
        new KmsSettings("gcp", settings, directory, name -> ""), timer.clock());
  }

  private String credentials(String permissions) throws Exception {
    String key = Base64.getEncoder().encodeToString(service.account.getPrivate().getEncoded());
    Path file = Files.writeString(
        directory.resolve("account.json"),
        "{\"type\": \"service_account\", \"private_key_id\": \"key-1\", \"private_key\":"
            + " \"-----BEGIN PRIVATE KEY-----\\n" + key + "\\n-----END PRIVATE KEY-----\\n\","
            + " \"client_email\": \"phial@clinic.iam.gserviceaccount.com\", \"token_uri\": \""
            + server.address() + "/token\"}");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    return file.toString();
  }

  @Override
  protected KekRef kek() {
    return KEK;
  }

  @Test
  void opens_what_older_versions_wrapped() throws Exception {
    try (Kms kms = open()) {
      WrappedKey old = await(kms.wrap(KEK, new byte[32], CONTEXT));
      service.rotate();
      assertThat(await(kms.unwrap(old, CONTEXT))).isEqualTo(new byte[32]);
      WrappedKey again = await(kms.rewrap(old, KEK, CONTEXT));
      assertThat(Integer.parseInt(again.kekVersion().id()))
          .isEqualTo(Integer.parseInt(old.kekVersion().id()) + 1);
    }
  }

  @Test
  void gets_one_token_for_many_calls_and_another_before_it_ends() throws Exception {
    try (Kms kms = open()) {
      int before = service.tokens.get();
      for (int i = 0; i < 5; i++) {
        assertThat(await(kms.describe(KEK)).enabled()).isTrue();
      }
      assertThat(service.tokens.get()).isEqualTo(before + 1);
      timer.pass(Duration.ofMinutes(59));
      assertThat(await(kms.describe(KEK)).enabled()).isTrue();
      assertThat(service.tokens.get()).isEqualTo(before + 2);
    }
  }

  @Test
  void gets_another_token_when_one_was_refused() throws Exception {
    try (Kms kms = open()) {
      assertThat(await(kms.describe(KEK)).enabled()).isTrue();
      service.tokens.incrementAndGet();
      assertThat(await(kms.describe(KEK)).enabled()).isTrue();
    }
  }

  @Test
  void takes_the_account_of_the_machine() throws Exception {
    try (Kms kms = open(Map.of())) {
      WrappedKey wrapped = await(kms.wrap(KEK, new byte[32], CONTEXT));
      assertThat(await(kms.unwrap(wrapped, CONTEXT))).isEqualTo(new byte[32]);
    }
  }

  @Test
  void notices_a_bit_that_flipped_on_the_way() throws Exception {
    try (Kms kms = open()) {
      WrappedKey wrapped = await(kms.wrap(KEK, new byte[32], CONTEXT));
      service.flipABit = true;
      for (Throwable failure : new Throwable[] {
        failure(kms.unwrap(wrapped, CONTEXT)), failure(kms.wrap(KEK, new byte[32], CONTEXT))
      }) {
        assertThat(failure).hasMessageContaining("damaged on its way");
        assertThat(((KmsException) failure).retryable()).isTrue();
      }
    }
  }

  @Test
  void is_denied_a_key_that_is_disabled() throws Exception {
    try (Kms kms = open()) {
      service.state = "DISABLED";
      assertThat(await(kms.describe(KEK)).enabled()).isFalse();
      assertThat(failure(kms.wrap(KEK, new byte[32], CONTEXT)))
          .isInstanceOf(AccessDeniedException.class);
    }
  }

  @Test
  void tells_passing_faults_from_lasting_ones() throws Exception {
    try (Kms kms = open()) {
      server.answerAlways(CloudKms.error(429, "RESOURCE_EXHAUSTED"));
      assertThat(((KmsException) failure(kms.describe(KEK))).retryable()).isTrue();
    }
    try (Kms kms = open()) {
      server.answerAlways(CloudKms.error(403, "PERMISSION_DENIED"));
      assertThat(failure(kms.describe(KEK))).isInstanceOf(AccessDeniedException.class);
    }
    try (Kms kms = open()) {
      server.close();
      assertThat(failure(kms.describe(KEK)))
          .isInstanceOf(KmsUnavailableException.class)
          .hasMessageContaining("cannot be reached");
    }
  }

  @Test
  void does_not_let_the_name_of_a_key_change_the_path() throws Exception {
    try (Kms kms = open()) {
      for (String name : new String[] {"../x", CloudKms.KEY + "/..", CloudKms.KEY + ":destroy"}) {
        assertThat(failure(kms.describe(new KekRef("gcp", name))))
            .isInstanceOf(KeyNotFoundException.class);
      }
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void refuses_an_account_that_is_wrong() throws Exception {
    String open = credentials("rw-r--r--");
    assertThatThrownBy(() -> open(Map.of("credentials", open)))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining("chmod 600");
    assertThatThrownBy(() -> open(Map.of("credentials", "none.json")))
        .hasMessageContaining("'credentials' names a file that cannot be read");
    assertThatThrownBy(() -> open(Map.of("endpoint", "http://kms.example.org")))
        .hasMessageContaining("'endpoint' must be https");
    assertThatThrownBy(() -> open(Map.of("key", "x"))).hasMessageContaining("'key' is not known");
  }
}
