package dev.phial.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole FHIR records through the whole gateway with the shipped configuration: what the upstream gets, what the clinician reads back,
 * and what logs, audit and metrics say of them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FhirPathEndToEndTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  /** Shorter values stand in many places without meaning a person; they are compared whole. */
  private static final int SEARCHED_AS_PART = 7;

  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
  private final PrintStream stderr = System.err;

  @SuppressWarnings("NullAway.Init")
  private RecordingUpstream upstream;

  @SuppressWarnings("NullAway.Init")
  private RunningGateway phial;

  @BeforeAll
  void start(@TempDir Path data) throws IOException {
    System.setErr(new PrintStream(logged, true, StandardCharsets.UTF_8));
    upstream = new RecordingUpstream();
    phial = new RunningGateway(data, upstream.port());
  }

  @AfterAll
  void stop() {
    phial.close();
    upstream.close();
    System.setErr(stderr);
  }

  @Test
  void a_record_comes_back_to_the_clinician_exactly_and_reaches_the_upstream_without_the_patient()
      throws Exception {
    String record =
        "{ \"resourceType\":\"Patient\", \"identifier\":[{\"system\":\"http://hl7.org/fhir/sid/us-ssn\","
            + "\"value\":\"536-27-8841\"}],\"name\":[{\"family\":\"Achterberg\",\"given\":[\"Rosalind\",\"Imke\"]}],\n"
            + "\"birthDate\":\"1958-03-14\", \"multipleBirthInteger\": 2.00, \"x\": [1e400, -0, 1.10] }";

    String path = roundTrip("/fhir/Patient", record);

    assertThat(upstream.stored(path))
        .doesNotContain("536-27-8841", "Achterberg", "Rosalind", "Imke", "1958-03-14")
        .contains("\"multipleBirthInteger\": 2.00, \"x\": [1e400, -0, 1.10]");
  }

  @Test
  void the_sample_records_leave_nothing_of_a_person_behind_and_come_back_exactly()
      throws Exception {
    Path fhir = Path.of(System.getProperty("phial.shared", "../../shared")).resolve("data/fhir");
    assumeTrue(Files.isDirectory(fhir), "no sample records at " + fhir);
    List<Path> records = new ArrayList<>(json(fhir));
    records.addAll(json(fhir.resolve("examples")));
    List<String> sealed = new ArrayList<>();
    for (Path file : records) {
      String record = Files.readString(file);
      JsonNode tree = JSON.readTree(record);
      String type = tree.path("resourceType").asText();
      String path = roundTrip(type.equals("Bundle") ? "/fhir" : "/fhir/" + type, record);

      Set<String> values = changed(tree, JSON.readTree(upstream.stored(path)));
      assertThat(leaked(values, JSON.readTree(upstream.stored(path))))
          .as(file.getFileName().toString())
          .isEmpty();
      sealed.addAll(values);
    }
    assertThat(sealed).hasSizeGreaterThan(500);
    assertUnsaid(sealed, logged.toString(StandardCharsets.UTF_8));
    assertUnsaid(sealed, phial.auditLog());
    assertUnsaid(sealed, phial.management("/metrics"));
  }

  private static List<Path> json(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  /** Sends as the application, reads as the clinician; gives the path. */
  private String roundTrip(String collection, String record) throws Exception {
    HttpResponse<String> made = phial.post(collection, record, phial.token("application", "TREAT"));
    assertThat(made.statusCode()).as(made.body().lines().findFirst().orElse("")).isEqualTo(201);
    String path = made.headers().firstValue("Location").orElseThrow();
    HttpResponse<String> read = phial.get(path, phial.token("clinician", "TREAT"));
    assertThat(read.statusCode()).isEqualTo(200);
    assertThat(read.body().equals(record))
        .as("what comes back is what was sent, byte for byte")
        .isTrue();
    return path;
  }

  /** The texts of the original that are no longer at their place. */
  private static Set<String> changed(JsonNode original, JsonNode stored) {
    Map<String, String> before = leaves(original);
    Map<String, String> after = leaves(stored);
    Set<String> values = new TreeSet<>();
    before.forEach((place, value) -> {
      if (!value.equals(after.get(place))) {
        values.add(value);
        decoded(value).ifPresent(values::add);
      }
    });
    values.removeIf(value -> value.length() < 2);
    return values;
  }

  private static java.util.Optional<String> decoded(String value) {
    return value.startsWith("urn:uuid:")
        ? java.util.Optional.of(value.substring(9))
        : java.util.Optional.empty();
  }

  private static Set<String> leaked(Set<String> values, JsonNode stored) {
    Set<String> leaks = new TreeSet<>();
    leaves(stored).forEach((place, text) -> {
      String plain = base64(text);
      for (String value : values) {
        boolean part =
            value.length() >= SEARCHED_AS_PART && (text.contains(value) || plain.contains(value));
        if (part || text.equals(value)) {
          leaks.add(place);
        }
      }
    });
    return leaks;
  }

  private static String base64(String text) {
    try {
      return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static Map<String, String> leaves(JsonNode node) {
    Map<String, String> leaves = new TreeMap<>();
    collect(node, "", leaves);
    return leaves;
  }

  private static void collect(JsonNode node, String place, Map<String, String> leaves) {
    if (node.isObject()) {
      node.properties()
          .forEach(member -> collect(member.getValue(), place + "/" + member.getKey(), leaves));
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        collect(node.get(i), place + "/" + i, leaves);
      }
    } else {
      leaves.put(place, node.asText());
    }
  }

  private static void assertUnsaid(List<String> values, String output) {
    assertThat(values.stream()
            .filter(value -> value.length() >= SEARCHED_AS_PART)
            .filter(output::contains)
            .count())
        .as("values of patients in an output")
        .isZero();
  }
}
