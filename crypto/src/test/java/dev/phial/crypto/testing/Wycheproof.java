package dev.phial.crypto.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Test vectors that lie beside the project. */
public final class Wycheproof {
  private Wycheproof() {}

  /**
   * A case with the group it belongs to.
   *
   * @param group the group's parameters
   * @param test the case itself
   */
  public record Case(JsonNode group, JsonNode test) {
    public byte[] bytes(String field) {
      return HexFormat.of().parseHex(test.get(field).asText());
    }

    public boolean valid() {
      return test.get("result").asText().equals("valid");
    }

    public String id() {
      return "tcId " + test.get("tcId").asText();
    }
  }

  /** All cases of a file; skips the test when the file is not there. */
  public static List<Case> cases(String file) {
    Path path = Path.of(System.getProperty("phial.shared", "../shared"), "data", file);
    Assumptions.assumeTrue(
        Files.isReadable(path), "skipped: the vectors " + file + " are not beside the project");
    try {
      List<Case> cases = new ArrayList<>();
      for (JsonNode group : new ObjectMapper().readTree(path.toFile()).get("testGroups")) {
        group.get("tests").forEach(test -> cases.add(new Case(group, test)));
      }
      return cases;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
