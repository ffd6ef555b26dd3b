package dev.phial.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KmsSettingsTest {
  @TempDir
  Path directory = Path.of("");

  private KmsSettings settings(Map<String, String> values) {
    return new KmsSettings(
        "local",
        values,
        directory,
        variable -> variable.equals("PASS") ? "from the environment" : "");
  }

  @Test
  void refuses_a_setting_it_does_not_know() {
    assertThatThrownBy(
            () -> settings(Map.of("keystor", "x")).allowOnly(Set.of("keystore", "create")))
        .hasMessage("kms 'local': setting 'keystor' is not known here; known are create, keystore");
  }

  @Test
  void reads_a_flag_strictly() {
    assertThat(settings(Map.of()).flag("create", true)).isTrue();
    assertThat(settings(Map.of("create", "false")).flag("create", true)).isFalse();
    assertThatThrownBy(() -> settings(Map.of("create", "yes")).flag("create", false))
        .hasMessageContaining("'create' is neither true nor false");
  }

  @Test
  void reads_a_number_within_its_bounds() {
    assertThat(settings(Map.of()).number("threads", 8, 1, 16)).isEqualTo(8);
    assertThat(settings(Map.of("threads", "16")).number("threads", 8, 1, 16)).isEqualTo(16);
    for (String wrong : new String[] {"0", "17", "-1", "eight", "99999999999", ""}) {
      assertThatThrownBy(() -> settings(Map.of("threads", wrong)).number("threads", 8, 1, 16))
          .hasMessageContaining("'threads' must be a whole number from 1 to 16");
    }
  }

  @Test
  void reads_a_time_with_its_unit() {
    Duration most = Duration.ofMinutes(1);
    assertThat(settings(Map.of()).duration("timeout", most, most)).isEqualTo(most);
    assertThat(settings(Map.of("timeout", "250ms")).duration("timeout", most, most))
        .isEqualTo(Duration.ofMillis(250));
    assertThat(settings(Map.of("timeout", "1m")).duration("timeout", most, most))
        .isEqualTo(most);
    for (String wrong : new String[] {"0s", "61s", "5", "s", "-5s", "1h"}) {
      assertThatThrownBy(() -> settings(Map.of("timeout", wrong)).duration("timeout", most, most))
          .hasMessageContaining("'timeout' must be a time from 1ms to 60s");
    }
  }

  @Test
  void takes_an_address_without_tls_on_this_machine_only() {
    for (String good :
        new String[] {"https://kms.example.org/v1", "http://127.0.0.1:5000", "http://[::1]:1"}) {
      assertThat(settings(Map.of("endpoint", good)).endpoint("endpoint"))
          .contains(URI.create(good));
    }
    for (String bad : new String[] {
      "http://kms.example.org",
      "https://user:pass@kms.example.org",
      "https://kms.example.org?x=1",
      "kms.example.org",
      "ftp://127.0.0.1",
      "http://127.0.0.1.example.org",
      "https://a b"
    }) {
      assertThatThrownBy(() -> settings(Map.of("endpoint", bad)).endpoint("endpoint"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("setting 'endpoint'");
    }
  }

  @Test
  void resolves_paths_against_its_directory() {
    assertThat(settings(Map.of("keystore", "a/../b")).path("keystore", ""))
        .isEqualTo(directory.resolve("b"));
  }

  @Test
  void reads_a_secret_from_the_environment() {
    assertThat(settings(Map.of("passphrase.env", "PASS")).secret("passphrase").read())
        .isEqualTo("from the environment".toCharArray());
    assertThatThrownBy(() ->
            settings(Map.of("passphrase.env", "NONE")).secret("passphrase").read())
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining("NONE is not set");
  }

  @Test
  void reads_a_secret_from_a_file_without_its_line_end() throws Exception {
    Path file = Files.writeString(directory.resolve("pass"), "blå bær og fløte\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertThat(settings(Map.of("passphrase.file", "pass")).secret("passphrase").read())
        .isEqualTo("blå bær og fløte".toCharArray());
  }

  @Test
  void refuses_a_secret_file_that_others_may_read_and_says_how_to_mend_it() throws Exception {
    Path file = Files.writeString(directory.resolve("pass"), "blå bær og fløte\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(() -> new SecretSource.File(file).read())
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining("chmod 600 " + file)
        .hasMessageNotContaining("fløte");
  }

  @Test
  void wants_exactly_one_place_for_a_secret() {
    assertThatThrownBy(() -> settings(Map.of()).secret("passphrase"))
        .hasMessageContaining("needs either passphrase.file or passphrase.env");
    assertThatThrownBy(() ->
            settings(Map.of("passphrase.file", "a", "passphrase.env", "B")).secret("passphrase"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void prints_names_of_settings_only() {
    assertThat(settings(Map.of("keystore", "elsewhere")).toString()).doesNotContain("elsewhere");
  }
}
