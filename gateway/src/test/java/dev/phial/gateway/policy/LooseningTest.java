package dev.phial.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LooseningTest {
  private static final String POLICY = """
      version: 1
      elements:
        ssn:  { identifier: SSN, protect: { tokenize: { format: us-ssn, key_version: pinned } }, mask: { keep_last: 4 } }
        name: { identifier: NAME, protect: { encrypt: { index: true } } }
        zip:  { identifier: GEO, protect: { generalize: zip3-safe-harbor } }
      selections:
        people: { "Patient.name.family": name, "Patient.name.text": name }
        numbers: { "Patient.identifier.value": ssn }
        places: { "Patient.address.postalCode": zip }
      http:
        - route: /fhir/Patient/{id}
          methods: [GET]
          upstream: ehr
          content: fhir+json
          parameters: { id: ssn }
          query: { allow: [_format], bind: { q: ssn } }
          select: [people, numbers, places]
        - route: /fhir/**
          methods: [GET]
          upstream: ehr
          content: fhir+json
          select: [people, numbers, places]
      access:
        support:   { purposes: [HOPERAT], reveal: { ssn: masked, "*": deny } }
        sender:    { purposes: [TREAT], protect: [name] }
        officer:   { administer: true }
      logs: { detect: [hipaa] }
      """;

  @TempDir
  Path directory = Path.of("");

  private Policy load(String name, String text) throws IOException {
    return new PolicyLoader().load(Files.writeString(directory.resolve(name), text));
  }

  private List<String> between(String before, String after) throws IOException {
    return Loosening.between(load("old.yaml", before), load("new.yaml", after));
  }

  static Stream<Arguments> looser() {
    return Stream.of(
        Arguments.of(
            "ssn: masked", "ssn: plaintext", "access.support.reveal.ssn: plaintext, was masked"),
        Arguments.of("\"*\": deny", "\"*\": token", "access.support.reveal.name: token, was deny"),
        Arguments.of(
            "[HOPERAT]", "[HOPERAT, TREAT]", "access.support.purposes: counts for more: TREAT"),
        Arguments.of(
            "protect: [name]", "protect: [name, ssn]", "access.sender.protect.ssn: may be sent in"),
        Arguments.of(
            "protect: [name]", "protect: [\"*\"]", "access.sender.protect.zip: may be sent in"),
        Arguments.of(
            "  officer:", "  second: { administer: true }\n  officer:", "access.second.administer"),
        Arguments.of(
            "encrypt: { index: true }", "encrypt: {}", "elements.name.protect: is another rule"),
        Arguments.of("us-ssn,", "\"us-ssn:any\",", "elements.ssn.protect: is another rule"),
        Arguments.of("zip3-safe-harbor", "year", "elements.zip.protect: is another rule"),
        Arguments.of("keep_last: 4", "keep_last: 5", "elements.ssn.mask: keeps more"),
        Arguments.of(
            ", \"Patient.name.text\": name", "", "does not bind Patient.name.text to name"),
        Arguments.of(
            "Patient.name.text\": name",
            "Patient.name.text\": ssn",
            "does not bind Patient.name.text"),
        Arguments.of("[people, numbers, places]", "[numbers, people, places]", "in another order"),
        Arguments.of(
            "allow: [_format]", "allow: [_format, name]", "query.allow: lets pass more: name"),
        Arguments.of(", bind: { q: ssn }", "", "query.bind: protects less"),
        Arguments.of("    parameters: { id: ssn }\n", "", "parameters: protects less"),
        Arguments.of("methods: [GET]", "methods: [GET, PUT]", "methods: takes more: PUT"),
        Arguments.of("upstream: ehr", "upstream: lab", "another upstream"),
        Arguments.of("/fhir/**", "/**", "http /**: is new"),
        Arguments.of("/fhir/**", "/**", "http /fhir/**: is gone"),
        Arguments.of("{ detect: [hipaa] }", "{ detect: [ssn] }", "logs: are masked otherwise"),
        Arguments.of("logs: { detect: [hipaa] }\n", "", "logs: are masked otherwise"));
  }

  @ParameterizedTest
  @MethodSource("looser")
  void what_is_looser_is_told_with_its_place(String found, String replacement, String told)
      throws IOException {
    assertThat(POLICY).contains(found);
    assertThat(between(POLICY, POLICY.replace(found, replacement)))
        .anyMatch(line -> line.contains(told));
  }

  static Stream<Arguments> tighter() {
    return Stream.of(
        Arguments.of("ssn: masked", "ssn: token"),
        Arguments.of(
            "protect: [name] }",
            "protect: [name] }\n  nobody: { purposes: [TREAT], reveal: { ssn: deny } }"),
        Arguments.of(
            "  support:   { purposes: [HOPERAT], reveal: { ssn: masked, \"*\": deny } }\n", ""),
        Arguments.of("generalize: zip3-safe-harbor", "redact: {}"),
        Arguments.of("keep_last: 4", "keep_last: 3"),
        Arguments.of("allow: [_format]", "allow: []"),
        Arguments.of(
            "\"Patient.address.postalCode\": zip",
            "\"Patient.address.postalCode\": zip, \"Patient.address.city\": name"));
  }

  @ParameterizedTest
  @MethodSource("tighter")
  void what_is_tighter_is_not_told(String found, String replacement) throws IOException {
    assertThat(POLICY).contains(found);
    assertThat(between(POLICY, POLICY.replace(found, replacement))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"policy.yaml", "safe-harbor.yaml", "limited-data-set.yaml"})
  void a_policy_that_is_shipped_is_not_looser_than_itself(String name) {
    Path file =
        Path.of(System.getProperty("phial.root", "..")).resolve("config").resolve(name);
    assertThat(Loosening.between(new PolicyLoader().load(file), new PolicyLoader().load(file)))
        .isEmpty();
  }

  @Test
  void an_element_that_is_gone_is_told() throws IOException {
    String without = POLICY
        .replaceAll("(?m)^  zip: .*\\n", "")
        .replaceAll("(?m)^  places: .*\\n", "")
        .replace(", places]", "]");
    assertThat(between(POLICY, without))
        .anyMatch(line -> line.startsWith("elements.zip: is gone"))
        .anyMatch(line -> line.contains("does not bind Patient.address.postalCode"));
    assertThat(between(without, POLICY)).isEmpty();
  }
}
