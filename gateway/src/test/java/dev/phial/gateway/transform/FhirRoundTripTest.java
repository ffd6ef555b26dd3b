package dev.phial.gateway.transform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.phial.gateway.policy.Binding;
import dev.phial.gateway.policy.HttpRoute;
import dev.phial.gateway.policy.Policy;
import dev.phial.gateway.policy.PolicyLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real FHIR bodies through the rewriting of the shipped policy, there and back. */
class FhirRoundTripTest {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
  private static final String SAMPLE = """
      {"resourceType":"Bundle","entry":[{"fullUrl":"urn:uuid:0a","resource":{"resourceType":"Patient","id":"é€😀",
       "name":[{"family":"Achter\\u0062erg","given":["Ros\\n","é"]}], "birthDate":"1970-01-02", "n": 1.50}}]}
      """;

  static Stream<Path> bodies() {
    Path folder = SharedData.folder("fhir");
    return Stream.concat(
        SharedData.files(folder, "", ".json").stream(),
        SharedData.files(folder.resolve("examples"), "", ".json").stream());
  }

  private static Policy shipped() {
    return new PolicyLoader()
        .load(Path.of(System.getProperty("phial.root", "."), "config", "policy.yaml"));
  }

  /** The shipped policy's route with the most bindings, alone. */
  private static Bench shippedRoute() {
    Policy policy = shipped();
    HttpRoute most = policy.httpRoutes().stream()
        .max(java.util.Comparator.comparingInt(route -> route.bindings().size()))
        .orElseThrow();
    return new Bench(
        new Policy("d", policy.elements(), List.of(most), Map.of()), TransformLimits.DEFAULT);
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void withoutBindingsNothingChanges(Path file) {
    byte[] body = SharedData.read(file);
    assertThat(Bench.of().protect(body)).isEqualTo(body);
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void withTheShippedPolicyProtectingAndRevealingGivesTheSameBytes(Path file) throws IOException {
    byte[] body = SharedData.read(file);
    Bench bench = shippedRoute();
    byte[] stored = bench.protect(body);
    byte[] back = bench.reveal("clinician", stored);
    if (new String(body, java.nio.charset.StandardCharsets.UTF_8).matches("(?s).*\\\\[u/].*")) {
      assertThat(JSON.readTree(back))
          .isEqualTo(JSON.readTree(body)); // selected texts lose needless escapes
    } else {
      assertThat(back).isEqualTo(body);
    }
    assertThat(bench.protect(stored)).isEqualTo(stored);
    JSON.readTree(bench.reveal("nobody", stored));
  }

  @Test
  void noSelectedValueIsLeftInWhatIsStored() throws IOException {
    Path folder = SharedData.folder("fhir");
    for (Path file : SharedData.files(folder, "", ".json")) {
      byte[] body = SharedData.read(file);
      JsonNode patient = JSON.readTree(body).findValue("birthDate");
      if (patient != null) {
        String stored = Bench.text(shippedRoute().protect(body));
        assertThat(stored).doesNotContain("\"birthDate\": \"" + patient.asText() + "\"");
      }
    }
  }

  @Test
  void decimalsKeepEveryDigit() {
    Path folder = SharedData.folder("fhir").resolve("examples");
    List<Path> files = SharedData.files(folder, "", "observation-decimal.json");
    Assumptions.assumeFalse(files.isEmpty(), "no observation-decimal.json");
    byte[] body = SharedData.read(files.get(0));
    Bench bench = Bench.of(
        TestPolicies.bind("Observation.component.valueQuantity.value", "measure"),
        TestPolicies.bind("Observation.valueQuantity.value", "measure"));
    byte[] stored = bench.protect(body);
    assertThat(stored).isNotEqualTo(body);
    assertThat(bench.reveal("clinician", stored)).isEqualTo(body);
  }

  private static Bench splitting() {
    Binding[] bindings = {
      TestPolicies.bind("Patient.name.family", "family"),
      TestPolicies.bind("Patient.name.given", "given"),
      TestPolicies.extension("Patient.birthDate", "birth")
    };
    return Bench.of(bindings);
  }

  @Test
  void everySplitOfABodyGivesTheSameOutput() {
    byte[] body = Bench.bytes(SAMPLE);
    byte[] whole = splitting().protect(body);
    for (int cut = 0; cut <= body.length; cut++) {
      assertThat(splitting().protect(body, cut)).isEqualTo(whole);
    }
    SplittableRandom random = new SplittableRandom(20_261_124);
    for (int round = 0; round < 500; round++) {
      int[] cuts = random.ints(1 + random.nextInt(12), 0, body.length).sorted().toArray();
      assertThat(splitting().protect(body, cuts)).isEqualTo(whole);
    }
  }

  @Test
  void formsOfTheSameTextAreTheSameText() {
    Bench bench = splitting();
    String plain =
        bench.protect("{\"resourceType\":\"Patient\",\"name\":{\"family\":\"Achterberg\"}}");
    String escaped = bench.protect(
        "{\"\\u0072esourceType\":\"P\\u0061tient\",\"n\\u0061me\":{\"f\\u0061mily\":\"A\\u0063hterberg\"}}");
    assertThat(plain).contains("phial:v1:1");
    assertThat(escaped).contains("phial:v1:1");
  }
}
