package dev.phial.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.phial.crypto.deid.AgeCap;
import dev.phial.crypto.deid.BirthYear;
import dev.phial.crypto.deid.DateCoarsening;
import dev.phial.crypto.deid.NumberSteps;
import dev.phial.crypto.deid.Over89;
import dev.phial.crypto.index.IndexRule;
import dev.phial.crypto.index.Normalizer;
import dev.phial.gateway.policy.Protection.SealedForm;
import dev.phial.gateway.policy.Protection.Unfit;
import dev.phial.gateway.yaml.Problem;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules from which there is no way back, and indexes, as policies write them. */
class DeidentificationPolicyTest {
  private final PolicyLoader loader = new PolicyLoader();

  private static String policy(String protect) {
    return """
        version: 1
        elements:
          it: { identifier: DATE, protect: { PROTECT } }
        access:
          application: { purposes: [TREAT], protect: ["*"] }
        """.replace("PROTECT", protect);
  }

  private Protection protection(String protect) {
    return loader
        .parse("policy.yaml", policy(protect))
        .element("it")
        .orElseThrow()
        .protection();
  }

  private String problem(String protect) {
    PolicyException refused = catchThrowableOfType(
        PolicyException.class, () -> loader.parse("policy.yaml", policy(protect)));
    assertThat(refused).as("the policy was accepted").isNotNull();
    assertThat(refused.problems()).hasSize(1).allMatch(problem -> problem.line() == 3);
    return refused.problems().get(0).toString();
  }

  @Test
  void reads_each_rule() {
    assertThat(protection("shift: { days: 365 }"))
        .isEqualTo(new Protection.Shift(365, "dates", Unfit.REFUSE));
    assertThat(protection("shift: { days: 30, group: labs, unfit: redact }"))
        .isEqualTo(new Protection.Shift(30, "labs", Unfit.REDACT));
    assertThat(protection("generalize: year"))
        .isEqualTo(new Protection.Generalize(DateCoarsening.YEAR, Unfit.REFUSE));
    assertThat(protection("generalize: { rule: year-90, over_89: redact, unfit: redact }"))
        .isEqualTo(new Protection.Generalize(new BirthYear(Over89.REDACT), Unfit.REDACT));
    assertThat(protection("generalize: { rule: age-90, over_89: number }"))
        .isEqualTo(new Protection.Generalize(new AgeCap(Over89.NUMBER), Unfit.REFUSE));
    assertThat(protection("generalize: { rule: round, to: 5 }"))
        .isEqualTo(new Protection.Generalize(new NumberSteps(5), Unfit.REFUSE));
    assertThat(protection("mask: { keep_last: 4, with: x }".replace("x", "\"#\"")))
        .isEqualTo(new Protection.Masked(new Mask(0, 4, '#')));
    assertThat(protection("hash: {}")).isEqualTo(new Protection.Hash());
  }

  @Test
  void reads_indexes() {
    assertThat(protection("encrypt: { index: true }"))
        .isEqualTo(new Protection.Encrypt(SealedForm.TEXT, Optional.of(IndexRule.EXACT)));
    assertThat(protection("encrypt: { index: false }"))
        .isEqualTo(new Protection.Encrypt(SealedForm.TEXT, Optional.empty()));
    assertThat(protection("encrypt: { index: { ignore: [case, accents], bits: 32 } }"))
        .isEqualTo(new Protection.Encrypt(
            SealedForm.TEXT,
            Optional.of(new IndexRule(Set.of(Normalizer.CASE, Normalizer.ACCENTS), 32))));
    assertThat(protection("encrypt: { index: { bits: 24 } }"))
        .isEqualTo(
            new Protection.Encrypt(SealedForm.TEXT, Optional.of(new IndexRule(Set.of(), 24))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "shift: {} | elements.it.protect.shift: 'days' is missing",
        "shift: { days: 0 } | must be a whole number between 1 and 3650",
        "shift: { days: 3651 } | must be a whole number between 1 and 3650",
        "shift: { days: 9, group: A-1 } | a group's name has lower-case letters",
        "shift: { days: 9, unfit: keep } | no such treatment; expected one of redact, refuse",
        "shift: { days: 9, patients: x } | shift.patients: no such key",
        "generalize: zip | no such rule",
        "generalize: years | did you mean 'year'",
        "generalize: {} | 'rule' is missing",
        "generalize: { rule: year, over_89: redact } | over_89: is for year-90 and age-90",
        "generalize: { rule: year-90, over_89: none } | no such category",
        "generalize: { rule: year-90, to: 5 } | to: is for round",
        "generalize: { rule: round, to: 0 } | must be a whole number between 1 and 1000000",
        "mask: { keep_last: 65 } | must be a whole number between 0 and 64",
        "mask: { with: x } | must be one ASCII punctuation character",
        "mask: { keep: 4 } | mask.keep: no such key",
        "hash: { bits: 9 } | hash.bits: no such key",
        "hash: {}, redact: {} | needs exactly one of",
        "encrypt: { index: { ignore: [accent] } } | no such normalisation; did you mean 'accents'",
        "encrypt: { index: { bits: 8 } } | must be a whole number between 16 and 256",
        "encrypt: { index: { ignore: [case, all-but-digits] } } | name it alone",
        "encrypt: { index: 32 } | must be true or false"
      })
  void refuses_each_defect_by_place_and_with_advice(String protect, String message) {
    assertThat(problem(protect)).startsWith("policy.yaml:3:").contains(message);
  }

  @Test
  void elements_of_one_group_have_equal_days() {
    String uneven = """
        version: 1
        elements:
          born: { identifier: DATE, protect: { shift: { days: 365 } } }
          seen: { identifier: DATE, protect: { shift: { days: 30 } } }
          lab:  { identifier: DATE, protect: { shift: { days: 30, group: labs } } }
        access:
          application: { purposes: [TREAT], protect: ["*"] }
        """;
    PolicyException refused =
        catchThrowableOfType(PolicyException.class, () -> loader.parse("policy.yaml", uneven));

    assertThat(refused.problems())
        .extracting(Problem::toString)
        .containsExactly(
            "policy.yaml:4:9: elements.seen: is shifted in group 'dates', whose other elements have other days;"
                + " give them equal days, or this one a group of its own");
    assertThat(loader.parse("p", uneven.replace("days: 30 }", "days: 365 }")).elements())
        .hasSize(3);
  }

  @Test
  void a_hash_may_be_looked_up_and_a_date_that_is_moved_may_not() {
    String lookup = """
        version: 1
        elements:
          mrn:  { identifier: MRN,  protect: { hash: {} } }
          born: { identifier: DATE, protect: { shift: { days: 365 } } }
        http:
          - route: /patients/{id}
            methods: [GET]
            upstream: ehr
            content: json
            parameters: { id: mrn }
            select: []
        access:
          application: { purposes: [TREAT], protect: ["*"] }
        """;
    assertThat(loader.parse("p", lookup).httpRoutes()).hasSize(1);
    PolicyException refused = catchThrowableOfType(
        PolicyException.class, () -> loader.parse("p", lookup.replace("id: mrn", "id: born")));
    assertThat(refused).hasMessageContaining("or hashed, so that the same value");
  }

  @Test
  void only_what_is_sealed_or_tokenized_is_wrapped() {
    String wrapped = """
        version: 1
        elements:
          mrn:  { identifier: MRN,  protect: { hash: {} } }
        selections:
          all: { "Patient.text.div": { element: mrn, wrap: "<div>{}</div>" } }
        http:
          - route: /fhir
            methods: [POST]
            upstream: ehr
            content: fhir+json
            select: [all]
        access:
          application: { purposes: [TREAT], protect: ["*"] }
        """;
    PolicyException refused =
        catchThrowableOfType(PolicyException.class, () -> loader.parse("p", wrapped));
    assertThat(refused)
        .hasMessageContaining("wrap is for elements that are encrypted or tokenized");
  }

  private static final String WHOSE = """
      version: 1
      elements:
        born: { identifier: DATE, protect: { shift: { days: 365 } } }
      selections:
        all: { "Patient.birthDate": born }
      patients:
        fhir:
          "Patient.id": "{}"
          "Resource.subject.reference": ["Patient/{}", "urn:uuid:{}"]
      http:
        - { route: /fhir, methods: [POST], upstream: ehr, content: fhir+json, select: [all], patient: fhir }
      access:
        application: { purposes: [TREAT], protect: ["*"] }
      """;

  @Test
  void a_route_says_whose_dates_it_shifts() {
    assertThat(loader.parse("p", WHOSE).httpRoutes().get(0).patients())
        .extracting(patient -> patient.selector().source() + patient.templates())
        .containsExactly("Patient.id[{}]", "Resource.subject.reference[Patient/{}, urn:uuid:{}]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ", patient: fhir | '' | http[0]: selects 'born', which is shifted; say whose dates they are",
        "patient: fhir | patient: fire | http[0].patient: no such group of patients; did you mean 'fhir'",
        "Patient.id | Patient.id[0] | patients.fhir.Patient.id[0]: is not a selector",
        "'\"{}\"' | '\"{id}\"' | must hold {} exactly once",
        "'[\"Patient/{}\", \"urn:uuid:{}\"]' | [] | needs at least one template"
      })
  void refuses_routes_that_do_not_say_it(String found, String replacement, String message) {
    assertThat(WHOSE).contains(found);
    PolicyException refused = catchThrowableOfType(
        PolicyException.class, () -> loader.parse("p", WHOSE.replace(found, replacement)));
    assertThat(refused).as("the policy was accepted").isNotNull();
    assertThat(refused).hasMessageContaining(message);
  }

  @Test
  void refuses_a_group_of_patients_that_no_route_uses() {
    PolicyException refused = catchThrowableOfType(
        PolicyException.class,
        () -> loader.parse(
            "p", WHOSE.replace("  fhir:\n", "  other: { \"$.id\": \"{}\" }\n  fhir:\n")));
    assertThat(refused).hasMessageContaining("patients.other: is used by no route");
  }
}
