package dev.phial.crypto.fips;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Threats T15 and T16. Wrong situations are tried in processes of their own: a module starts once per process. */
class FipsModuleTest {
  private static final String CLASS_PATH = System.getProperty("java.class.path", "");

  @TempDir
  Path folder;

  @Test
  void the_module_starts_once_and_says_what_it_is() {
    FipsModule module = FipsModule.start();
    assertThat(FipsModule.start()).isSameAs(module);
    assertThat(module.healthy()).isTrue();
    assertThat(module.info().name()).isEqualTo("BCFIPS");
    assertThat(module.info().version()).isIn("2.1.3", "2.1.1");
    assertThat(module.info().approvedOnly()).isTrue();
    assertThat(module.info().jarSha256()).matches("[0-9a-f]{64}");
    assertThat(module.provider().getName()).isEqualTo("BCFIPS");
    byte[] drawn = new byte[32];
    module.random().nextBytes(drawn);
    assertThat(drawn).isNotEqualTo(new byte[32]);
  }

  @Test
  void a_clean_process_starts_with_the_module_first() throws Exception {
    assertThat(probe("clean", CLASS_PATH)).contains("STARTED healthy=true first=BCFIPS");
  }

  @Test
  void approved_only_switched_off_is_refused() throws Exception {
    assertThat(probe("off", CLASS_PATH, "-Dorg.bouncycastle.fips.approved_only=false"))
        .contains("REFUSED")
        .contains("approved_only")
        .contains("remove it");
  }

  @Test
  void a_module_already_running_unapproved_is_refused() throws Exception {
    assertThat(probe("classes loaded before", CLASS_PATH))
        .contains("REFUSED")
        .contains("approved-only mode");
  }

  @Test
  void a_registered_BC_provider_is_refused() throws Exception {
    assertThat(probe("provider BC registered", CLASS_PATH))
        .contains("REFUSED")
        .contains("provider BC");
  }

  @Test
  void another_Bouncy_Castle_on_the_class_path_is_refused() throws Exception {
    Path source = folder.resolve("BouncyCastleProvider.java");
    Files.writeString(
        source, "package org.bouncycastle.jce.provider; public class BouncyCastleProvider {}");
    int status = ToolProvider.getSystemJavaCompiler()
        .run(null, null, null, "-d", folder.toString(), source.toString());
    assertThat(status).isZero();
    assertThat(probe("bcprov", CLASS_PATH + File.pathSeparator + folder))
        .contains("REFUSED")
        .contains("bcprov");
  }

  @Test
  void a_changed_jar_is_refused() throws Exception {
    Path changed = folder.resolve("bc-fips.jar");
    copyWithOneMoreEntry(moduleJar(), changed);
    assertThat(probe("changed jar", classPathWith(changed)))
        .contains("REFUSED")
        .contains("not a known one");
  }

  @Test
  void a_missing_module_is_refused_by_name() throws Exception {
    assertThat(probe("none", classPathWith(folder))).contains("bc-fips");
  }

  @Test
  void a_module_in_its_error_state_is_unhealthy_and_refuses_with_exceptions() throws Exception {
    assertThat(probe("error state", CLASS_PATH))
        .contains("exception")
        .contains("STARTED healthy=false");
  }

  @Test
  void a_provider_put_before_the_module_later_shows_in_its_health() throws Exception {
    assertThat(probe("another provider put first", CLASS_PATH)).contains("healthy=false");
  }

  @Test
  void what_the_module_refuses_with_an_Error_comes_as_an_exception() {
    FipsModule module = FipsModule.start();
    assertThatThrownBy(() -> new HmacSha256(module, new byte[8]))
        .isInstanceOf(FipsModuleException.class);
    assertThatThrownBy(() -> new AesBlocks(module, new byte[5]))
        .isInstanceOf(FipsModuleException.class);
    assertThatThrownBy(
            () -> new AesBlocks(module, new byte[16]).encrypt(new byte[16], 15, new byte[16]))
        .isInstanceOf(FipsModuleException.class);
  }

  private String probe(String situation, String classPath, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", classPath, StartProbe.class.getName(), situation));
    Path output = folder.resolve("output");
    Process process = new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
    process.waitFor();
    return Files.readString(output, StandardCharsets.UTF_8);
  }

  private static Path moduleJar() {
    return Arrays.stream(CLASS_PATH.split(File.pathSeparator, -1))
        .filter(entry -> entry.contains("bc-fips-"))
        .map(Path::of)
        .findFirst()
        .orElseThrow();
  }

  private static String classPathWith(Path instead) {
    return Arrays.stream(CLASS_PATH.split(File.pathSeparator, -1))
        .map(entry -> entry.contains("bc-fips-") ? instead.toString() : entry)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static void copyWithOneMoreEntry(Path from, Path to) throws IOException {
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(from));
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(to))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        out.putNextEntry(new ZipEntry(entry.getName()));
        in.transferTo(out);
      }
      out.putNextEntry(new ZipEntry("one-more"));
    }
  }
}
