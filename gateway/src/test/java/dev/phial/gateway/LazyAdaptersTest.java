package dev.phial.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phial.kms.KmsProvider;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A gateway pays for the adapters that it is configured with, and for no other. */
class LazyAdaptersTest {

  @Test
  void looking_for_one_adapter_loads_no_library_of_another() throws Exception {
    Process process = new ProcessBuilder(List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xlog:class+load",
            "-cp",
            System.getProperty("java.class.path"),
            Looking.class.getName()))
        .redirectErrorStream(true)
        .start();
    String loaded = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(loaded.lines().reduce("", (a, b) -> b)).isZero();
    assertThat(loaded)
        .contains("dev.phial.kms.aws.AwsKmsProvider", "dev.phial.kms.vault.VaultKmsProvider")
        .doesNotContain("software.amazon.", "io.github.jopenlibs.", "com.sun.jna.")
        .doesNotContain("dev.phial.kms.aws.AwsKms ", "dev.phial.kms.pkcs11.Token ");
  }

  /** Asks for the last one there can be, so that all are looked at. */
  static final class Looking {
    public static void main(String[] arguments) {
      try {
        KmsProvider.ofType("no such type", Looking.class.getClassLoader());
      } catch (IllegalArgumentException expected) {
        return;
      }
      throw new IllegalStateException("an adapter calls itself 'no such type'");
    }
  }
}
