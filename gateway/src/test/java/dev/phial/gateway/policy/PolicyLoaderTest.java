package dev.phial.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.phial.gateway.yaml.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyLoaderTest {
  private static final String SMALL = """
      version: 1
      elements:
        ssn:  { identifier: SSN,  protect: { tokenize: { format: us-ssn, key_version: pinned } }, mask: { keep_last: 4 } }
        name: { identifier: NAME, protect: { encrypt: {} } }
        file: { identifier: OTHER, protect: { encrypt: { form: base64 } } }
        kept: { identifier: MRN, protect: { tokenize: { format: "digits:8", key_version: beside } } }
      selections:
        people:
          "Patient.name.family": name
          "Patient.birthDate": { element: name, place: extension }
          "Patient.identifier.value": ssn
      http:
        - route: /fhir/Patient/{id}
          methods: [GET, PUT]
          upstream: ehr
          content: fhir+json
          parameters: { id: ssn }
          query: { allow: [_format], bind: { patient: ssn } }
          select: [people]
      access:
        clinician: { purposes: [TREAT], reveal: { "*": plaintext } }
        keeper:    { administer: true }
      """;

  private final PolicyLoader loader = new PolicyLoader();

  @Test
  void compiles_a_whole_policy() {
    Policy policy = loader.parse("policy.yaml", SMALL);
    assertThat(policy.digest()).matches("[0-9a-f]{64}");
    assertThat(policy.elements()).containsOnlyKeys("ssn", "name", "file", "kept");
    HttpRoute route = policy.httpRoutes().get(0);
    assertThat(route.methods()).containsExactlyInAnyOrder("GET", "PUT");
    assertThat(route.segments()).endsWith(new HttpRoute.Segment.Parameter("id"));
    assertThat(route.bindings())
        .extracting(Binding::element)
        .containsExactly("name", "name", "ssn");
    assertThat(route.queryBound()).containsEntry("patient", "ssn");
  }

  @Test
  void tells_all_problems_at_once_with_line_and_column() {
    PolicyException refused = refused(SMALL
        .replace("identifier: SSN", "identifier: SNN")
        .replace("methods: [GET, PUT]", "method: [GET, PUT]")
        .replace("purposes: [TREAT]", "purposes: [TREET]"));
    assertThat(refused.problems())
        .extracting(Problem::toString)
        .containsExactly(
            "policy.yaml:3:23: elements.ssn.identifier: no such identifier; did you mean 'SSN'?",
            "policy.yaml:13:5: http[0]: 'methods' is missing",
            "policy.yaml:14:5: http[0].method: no such key; did you mean 'methods'?",
            "policy.yaml:21:27: access.clinician.purposes[0]: no such HL7 PurposeOfUse code; did you mean 'TREAT'?"
                + "; the usual ones are TREAT, ETREAT, HPAYMT, HOPERAT, PATRQT, PUBHLTH and HRESCH");
  }

  static Stream<Arguments> defects() {
    return Stream.of(
        defect("version: 1", "version: 2", "version: must be a whole number between 1 and 1"),
        defect("  ssn:  {", "  SSN:  {", "an element's name has lower-case letters"),
        defect(
            ", key_version: pinned",
            "",
            "'key_version' is missing; say how a token's key version is known"),
        defect("key_version: pinned", "key_version: pined", "did you mean 'pinned'"),
        defect("us-ssn", "us-sn", "there is no token format us-sn"),
        defect("us-ssn", "text", "marked"),
        defect("encrypt: {}", "encrypt: { form: hex }", "no such form"),
        defect(
            "encrypt: {}",
            "encrypt: {}, redact: {}",
            "needs exactly one of tokenize, encrypt, shift, generalize, mask, hash and redact"),
        defect("keep_last: 4", "keep_last: -1", "must be a whole number between 0 and 64"),
        defect("keep_last: 4", "with: x", "must be one ASCII punctuation character"),
        defect(
            "\"Patient.name.family\": name",
            "\"Patient.name.family\": nome",
            "no such element; did you mean 'name'"),
        defect("Patient.name.family", "Patient.name[0]", "is not a selector: column 13"),
        defect(
            "{ element: name, place: extension }",
            "{ element: ssn, place: extension }",
            "for elements that are encrypted"),
        defect(
            "{ element: name, place: extension }",
            "{ element: file, place: extension }",
            "stands for the whole field"),
        defect(
            "{ element: name, place: extension }",
            "{ element: file, wrap: '<p>{}</p>' }",
            "stands for the whole field"),
        defect(
            "{ element: name, place: extension }",
            "{ element: name, wrap: '<p>{}{}</p>' }",
            "{} exactly once"),
        defect(
            "{ element: name, place: extension }",
            "{ element: name, within: [\"a\"] }",
            "{} exactly once"),
        defect(
            "{ element: name, place: extension }",
            "{ element: name, within: [] }",
            "at least one template"),
        defect(
            "{ element: name, place: extension }",
            "{ element: name, place: extension, wrap: '{}' }",
            "exclude each other"),
        defect(
            "{ element: name, place: extension }", "{ element: kept }", "no place beside a token"),
        defect("content: fhir+json", "content: json", "place: extension is for fhir+json routes"),
        defect("content: fhir+json", "content: xml", "no such content"),
        defect("select: [people]", "select: [poeple]", "no such selection; did you mean 'people'"),
        defect("select: [people]", "select: []", "is used by no route"),
        defect("[GET, PUT]", "[GET, PATCH]", "a patch is not a resource"),
        defect("[GET, PUT]", "[]", "needs at least one method"),
        defect("/fhir/Patient/{id}", "fhir", "starts with /"),
        defect("/fhir/Patient/{id}", "/fhir/../{id}", "each part of a path"),
        defect("/fhir/Patient/{id}", "/**/{id}", "at the end of a path only"),
        defect("/fhir/Patient/{id}", "/{id}/{id}", "each parameter once"),
        defect("/fhir/Patient/{id}", "/fhir/Patient/{nr}", "the route's path has no {id}"),
        defect(
            "parameters: { id: ssn }",
            "parameters: { id: name }",
            "must be an element that is tokenized"),
        defect("bind: { patient: ssn }", "bind: { _format: ssn }", "both allowed and bound"),
        defect(
            "administer: true",
            "administer: true, purposes: [TREAT], reveal: { name: plaintext }",
            "separate the two duties"),
        defect(
            "administer: true",
            "administer: true, purposes: [TREAT], reveal: { name: token }",
            "separate the two duties"),
        defect(
            "administer: true",
            "administer: true, purposes: [TREAT], protect: [name]",
            "separate the two duties"),
        defect("administer: true", "administer: false", "allows nothing"),
        defect("\"*\": plaintext", "nome: plaintext", "no such element; did you mean 'name'"),
        defect("\"*\": plaintext", "\"*\": plain", "no such form"),
        defect("purposes: [TREAT], ", "", "needs 'purposes'"),
        defect("purposes: [TREAT]", "purposes: []", "needs at least one purpose"),
        defect("reveal: {", "protect: [nome], reveal: {", "no such element"));
  }

  private static Arguments defect(String found, String replacement, String message) {
    return Arguments.of(found, replacement, message);
  }

  @ParameterizedTest
  @MethodSource("defects")
  void refuses_each_defect_by_name_and_line(String found, String replacement, String message) {
    assertThat(SMALL).contains(found);
    PolicyException refused = refused(SMALL.replace(found, replacement));
    assertThat(refused).hasMessageContaining(message);
    assertThat(refused.problems()).allMatch(problem -> problem.line() > 0);
  }

  /** Threat T8: the fields of threats.md R9 whose domain FF1 must not be used on. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "digits:5",
        "digits:3",
        "digits:4",
        "digits:2..12",
        "alnum-upper:2",
        "alnum:3",
        "hex:4",
        "digits:1..9",
        "alnum-lower:1..3"
      })
  void refuses_a_domain_below_a_million_values_with_advice(String format) {
    assertThat(refused(SMALL.replace("us-ssn", "\"" + format + "\"")))
        .hasMessageContaining("elements.ssn.protect.tokenize.format")
        .hasMessageContaining("1,000,000");
  }

  @Test
  void refuses_a_route_that_an_earlier_one_hides() {
    String route = SMALL.substring(SMALL.indexOf("  - route"), SMALL.indexOf("access:"));
    String hidden = SMALL.replace("access:", route + "access:");
    assertThat(refused(hidden))
        .hasMessageContaining("can never be reached: /fhir/Patient/{id} above");
    String general = SMALL.replace("access:", route.replace("Patient/{id}", "*/{id}") + "access:");
    assertThat(loader.parse("p", general).httpRoutes()).hasSize(2);
  }

  @Test
  void refuses_an_upstream_that_the_configuration_lacks(@TempDir Path directory)
      throws IOException {
    Path file = Files.writeString(directory.resolve("policy.yaml"), SMALL);
    assertThat(loader.load(file, Set.of("ehr", "lab")).httpRoutes()).hasSize(1);
    assertThatThrownBy(() -> loader.load(file, Set.of("her")))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining(
            "http[0].upstream: no such upstream in the configuration; expected one of her");
  }

  @Test
  void compiles_the_example_of_its_documentation() throws IOException {
    String page =
        Files.readString(Path.of(System.getProperty("phial.root", "..")).resolve("docs/policy.md"));
    String example =
        page.substring(page.indexOf("```yaml") + 7, page.indexOf("```\n", page.indexOf("```yaml")));
    assertThat(loader.parse("docs/policy.md", example).roles()).containsKey("application");
  }

  @Test
  void says_so_when_there_is_no_file() {
    assertThatThrownBy(() -> loader.load(Path.of("/nonexistent/policy.yaml")))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining("/nonexistent/policy.yaml: cannot be read");
  }

  private PolicyException refused(String yaml) {
    PolicyException refused =
        catchThrowableOfType(PolicyException.class, () -> loader.parse("policy.yaml", yaml));
    assertThat(refused).as("the policy was accepted").isNotNull();
    return refused;
  }
}
