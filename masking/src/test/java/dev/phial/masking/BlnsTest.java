package dev.phial.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The big list of naughty strings: around each of them a value is found, and JSON that holds one stays JSON. */
class BlnsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void nothingHidesAValue() throws IOException {
    Path file =
        Path.of(System.getProperty("phial.shared", "../../shared"), "data", "blns", "blns.json");
    assumeTrue(Files.isReadable(file), "skipped: no " + file);
    for (JsonNode naughty : JSON.readTree(file.toFile())) {
      String text = naughty.asText();
      assertThat(Lines.mask(text + " ssn 536-27-8841 " + text)).doesNotContain("27-8841");
      String line = JSON.writeValueAsString(JSON.createObjectNode()
          .put("a", text)
          .put("ssn", text + "536-27-8841")
          .put("b", text));
      String masked = Lines.mask(line);
      assertThat(JSON.readTree(masked).size()).isEqualTo(3);
      assertThat(masked).doesNotContain("27-8841");
    }
  }
}
