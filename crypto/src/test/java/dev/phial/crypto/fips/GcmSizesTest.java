package dev.phial.crypto.fips;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Threat T18 (CVE-2026-8149), in small; {@code GcmSizesMain} of the benchmarks does a million. */
class GcmSizesTest {
  private static final int COUNT = 1_500;

  /** The jar of the certificate's policy has the defect; the product never takes the road that shows it. */
  @Test
  void T18_one_shot_and_in_parts_native_and_not_all_give_the_same()
      throws IOException, InterruptedException {
    Assumptions.assumeFalse(
        FipsModule.start().info().version().equals("2.1.1"),
        "skipped: bc-fips 2.1.1 has CVE-2026-8149 when a message is fed in parts");
    String asItIs = probe();
    String withoutNative = probe("-Dorg.bouncycastle.native.cpu_variant=java");
    assertThat(line(withoutNative, "variant")).isEqualTo("java");
    assertThat(line(asItIs, "variant")).isEqualTo(FipsModule.start().info().nativeVariant());
    assertThat(line(asItIs, "digest")).isEqualTo(line(withoutNative, "digest"));
  }

  private static String line(String output, String name) {
    Matcher line = Pattern.compile("^" + name + "=(.+)$", Pattern.MULTILINE).matcher(output);
    assertThat(line.find()).as(output).isTrue();
    return line.group(1);
  }

  private static String probe(String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(Arrays.asList(options));
    command.addAll(List.of("-Xmx256m", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path", "")));
    command.addAll(List.of(GcmSizesProbe.class.getName(), Integer.toString(COUNT)));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }
}
