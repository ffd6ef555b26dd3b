package dev.phial.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.phial.gateway.policy.Oracle.Found;
import dev.phial.gateway.policy.Protection.Tokenize;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The shipped policy against records of invented people: what it selects stands nowhere else in the same message. */
class DefaultPolicyTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SEALED = "sealed";
  private static final Path ROOT = Path.of(System.getProperty("phial.root", ".."));
  private static final Policy POLICY =
      new PolicyLoader().load(ROOT.resolve("config/policy.yaml"), Set.of("ehr"));

  @Test
  void has_the_roles_of_the_documentation() {
    assertThat(POLICY.roles())
        .containsOnlyKeys("clinician", "support", "application", "security-officer");
  }

  @Test
  void protects_the_same_on_every_route_that_carries_records() {
    assertThat(POLICY.httpRoutes().stream()
            .filter(route -> !route.path().equals("/fhir/metadata"))
            .map(HttpRoute::bindings)
            .distinct())
        .hasSize(1);
  }

  static Stream<Path> records() throws IOException {
    Path fhir = Path.of(System.getProperty("phial.shared", "../../shared")).resolve("data/fhir");
    assumeTrue(Files.isDirectory(fhir), "no sample records at " + fhir);
    List<Path> files = new ArrayList<>();
    for (Path directory : List.of(fhir, fhir.resolve("examples"))) {
      try (Stream<Path> list = Files.list(directory)) {
        list.filter(file -> file.toString().endsWith(".json")).sorted().forEach(files::add);
      }
    }
    return files.stream();
  }

  @ParameterizedTest
  @MethodSource("records")
  void leaves_no_selected_value_anywhere_in_a_record(Path file) throws IOException {
    JsonNode record = JSON.readTree(file.toFile());
    Set<String> sealed = seal(record);
    Set<String> leaks = new TreeSet<>();
    leaves(record, "", sealed, leaks);
    assertThat(leaks).as(String.valueOf(file.getFileName())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("records")
  void accepts_every_value_that_it_tokenizes(Path file) throws IOException {
    for (Found found : chosen(JSON.readTree(file.toFile()))) {
      Element element = POLICY.elements().get(found.binding().element());
      assertThat(found.value().isContainerNode())
          .as(found.binding().selector().source())
          .isFalse();
      if (element != null && element.protection() instanceof Tokenize tokenize) {
        Oracle.inner(found.binding(), found.value().asText())
            .ifPresent(text -> assertThat(fits(tokenize.format().spec(), text))
                .as(found.binding().selector().source())
                .isTrue());
      }
    }
  }

  private static boolean fits(String format, String text) {
    return switch (format) {
      case "us-ssn:any" -> text.matches("[0-9]{3}-[0-9]{2}-[0-9]{4}|[0-9]{9}");
      case "uuid" -> text.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
      case "text" -> text.getBytes(StandardCharsets.UTF_8).length <= 256;
      default -> false;
    };
  }

  /** What is selected, each value by the first binding that does. */
  private static List<Found> chosen(JsonNode record) {
    List<Binding> bindings = POLICY.httpRoutes().get(1).bindings();
    List<Found> chosen = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (Found found : Oracle.find(record, bindings)) {
      boolean selected = Oracle.inner(found.binding(), found.value().asText()).isPresent();
      String place = System.identityHashCode(found.holder())
          + found.member()
          + System.identityHashCode(found.value());
      if (selected && taken.add(place)) {
        chosen.add(found);
      }
    }
    return chosen;
  }

  /** Replaces what is selected and returns it. */
  private static Set<String> seal(JsonNode record) {
    Set<String> values = new HashSet<>();
    for (Found found : chosen(record)) {
      String text = found.value().asText();
      Oracle.inner(found.binding(), text).ifPresent(inner -> {
        values.add(inner);
        replace((ObjectNode) found.holder(), found.member(), found.value());
      });
    }
    return values;
  }

  private static void replace(ObjectNode holder, String member, JsonNode value) {
    if (holder.get(member) instanceof ArrayNode list) {
      for (int i = 0; i < list.size(); i++) {
        if (list.get(i).equals(value)) {
          list.set(i, TextNode.valueOf(SEALED));
        }
      }
    } else {
      holder.put(member, SEALED);
    }
  }

  /**
   * A word of a few letters stands in many places without meaning a person, so only whole values are compared when short, and
   * parts of texts and of decoded base64 when long.
   */
  private static void leaves(JsonNode node, String path, Set<String> sealed, Set<String> leaks) {
    if (node.isObject()) {
      node.properties()
          .forEach(
              member -> leaves(member.getValue(), path + "." + member.getKey(), sealed, leaks));
    } else if (node.isArray()) {
      node.forEach(item -> leaves(item, path, sealed, leaks));
    } else if (node.isTextual() || node.isNumber()) {
      String text = node.asText();
      String decoded = decoded(text);
      for (String value : sealed) {
        boolean whole = text.equals(value) && value.length() > 1;
        boolean part = value.length() >= 7 && (text.contains(value) || decoded.contains(value));
        if (whole || part) {
          leaks.add(path + " holds a value of length " + value.length());
        }
      }
    }
  }

  private static String decoded(String text) {
    try {
      return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
