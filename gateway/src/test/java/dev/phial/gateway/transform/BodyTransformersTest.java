package dev.phial.gateway.transform;

import static dev.phial.gateway.transform.TestPolicies.bind;
import static dev.phial.gateway.transform.TestPolicies.extension;
import static dev.phial.gateway.transform.TestPolicies.within;
import static dev.phial.gateway.transform.TestPolicies.wrapped;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phial.gateway.engine.RefusalCode;
import dev.phial.gateway.transform.TransformException.Reason;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyTransformersTest {

  private static void refused(Reason reason, ThrowingCallable call, String... says) {
    assertThatThrownBy(call).isInstanceOfSatisfying(TransformException.class, e -> {
      assertThat(e.reason()).isEqualTo(reason);
      Arrays.stream(says).forEach(say -> assertThat(e).hasMessageContaining(say));
    });
  }

  @Test
  void replacesOnlyTheSelectedBytes() {
    Bench bench = Bench.of(bind("Patient.name.family", "family"));
    String body =
        "{ \"resourceType\" : \"Patient\",\t\"x\":1.500, \"name\":[{\"family\":\"Achterberg\" , \"given\":[\"R\"]}]}\n";
    assertThat(bench.protect(body)).isEqualTo(body.replace("Achterberg", "phial:v1:1"));
    assertThat(bench.reveal("clinician", bench.protect(body))).isEqualTo(body);
    assertThat(bench.reveal("auditor", bench.protect(body))).isEqualTo(bench.protect(body));
    assertThat(bench.reveal("support", bench.protect(body)))
        .isEqualTo(body.replace("Achterberg", "********rg"));
    assertThat(bench.reveal("nobody", bench.protect(body)))
        .isEqualTo(
            "{ \"resourceType\" : \"Patient\",\t\"x\":1.500, \"name\":[{\"given\":[\"R\"]}]}\n");
  }

  @Test
  void givesAllValuesToTheEngineInOneBatchOrAsFewAsTheLimitAllows() {
    String body =
        "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"A\",\"given\":[\"B\",\"C\",\"D\"]}]}";
    Bench one =
        Bench.of(bind("Patient.name.family", "family"), bind("Patient.name.given", "given"));
    one.protect(body);
    assertThat(one.engine().batches()).isEqualTo(1);
    TransformLimits small = new TransformLimits(1 << 20, 50, 1 << 10, 100, 100, 1_000, 3, 1 << 10);
    Bench two = new Bench(
        TestPolicies.fhir(
            bind("Patient.name.family", "family"), bind("Patient.name.given", "given")),
        small);
    assertThat(two.reveal("clinician", two.protect(body))).isEqualTo(body);
    assertThat(two.engine().batches()).isEqualTo(4);
  }

  @Test
  void findsResourcesWhereverTheyStand() {
    Bench bench = Bench.of(
        bind("Patient.birthDate", "birth"), bind("Resource.descendants().note.text", "note"));
    String body =
        "{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":{\"resourceType\":\"Group\",\"contained\":["
            + "{\"resourceType\":\"Patient\",\"birthDate\":\"1970-01-02\",\"deep\":[[{\"note\":{\"text\":\"n\"}}]]}]}}]}";
    assertThat(bench.protect(body))
        .contains("\"birthDate\":\"phial:v1:1\"", "\"text\":\"phial:v1:2\"");
    assertThat(bench.reveal("clinician", bench.protect(body))).isEqualTo(body);
  }

  @Test
  void conditionsDecideAndTheFirstBindingCounts() {
    Bench bench = Bench.of(
        bind("Patient.identifier.where(system='urn:ssn' and use.exists()).value", "ssn"),
        bind("Patient.identifier.value", "other"));
    String body =
        "{\"resourceType\":\"Patient\",\"identifier\":[{\"system\":\"urn:ssn\",\"use\":\"official\",\"value\":\"1\"},"
            + "{\"system\":\"urn:ssn\",\"value\":\"2\"}]}";
    assertThat(bench.protect(body)).contains("\"value\":\"9000001\"", "\"value\":\"phial:v1:2\"");
  }

  @Test
  void refusesASelectedValueInsideAnotherOfAnotherElement() {
    Bench bench = Bench.of(bind("Patient.name", "name"), bind("Patient.name.family", "family"));
    refused(
        Reason.INVALID_VALUE,
        () -> bench.protect("{\"resourceType\":\"Patient\",\"name\":{\"family\":\"A\"}}"),
        "/name/family");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "72.50",
        "-0",
        "1E400",
        "true",
        "false",
        "{\"a\": [1 , 2]}",
        "\"\\u0000J1\"",
        "\"\\u0000\"",
        "\"\""
      })
  void anEncryptElementTakesAnyJsonValueAndGivesItsLiteralBack(String literal) {
    Bench bench = Bench.of(bind("Observation.valueQuantity.value", "measure"));
    String body =
        "{\"resourceType\":\"Observation\",\"valueQuantity\":{\"value\":" + literal + ",\"u\":1}}";
    assertThat(bench.protect(body)).contains("\"value\":\"phial:v1:1\"");
    assertThat(bench.reveal("clinician", bench.protect(body))).isEqualTo(body);
  }

  @Test
  void nullStaysNull() {
    Bench bench = Bench.of(bind("Patient.name.given", "given"));
    String body = "{\"resourceType\":\"Patient\",\"name\":[{\"given\":[null,\"B\"]}]}";
    assertThat(bench.protect(body)).isEqualTo(body.replace("\"B\"", "\"phial:v1:1\""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"123456789", "1.23456789e8", "true", "{\"a\":1}"})
  void aTokenizedElementTakesStringsOnly(String literal) {
    Bench bench = Bench.of(bind("$.ssn", "ssn"));
    refused(
        Reason.INVALID_VALUE,
        () -> bench.protect("{\"ssn\":" + literal + "}"),
        "ssn",
        "/ssn",
        "quotes");
    refused(
        Reason.NOT_AUTHENTIC, () -> bench.reveal("clinician", "{\"ssn\":" + literal + "}"), "/ssn");
  }

  @Test
  void withinProtectsAPartAndPassesWhatDoesNotFit() {
    Bench bench =
        Bench.of(within("Resource.descendants().reference", "mrn", "urn:uuid:{}", "Patient/{}"));
    String body =
        "{\"resourceType\":\"X\",\"a\":{\"reference\":\"Patient/1200000\"},\"b\":{\"reference\":\"urn:uuid:3400000\"},"
            + "\"c\":{\"reference\":\"Practitioner/9\"},\"e\":{\"reference\":\"Patient/12\"},\"d\":{\"reference\":{\"reference\":\"Patient/1200000\"}}}";
    String stored = bench.protect(body);
    assertThat(stored)
        .contains("\"Patient/9000001\"", "\"urn:uuid:9000002\"", "\"Practitioner/9\"")
        .contains("\"Patient/12\"")
        .doesNotContain("Patient/1200000");
    assertThat(bench.reveal("clinician", stored)).isEqualTo(body);
    assertThat(bench.reveal("support", stored)).contains("\"Patient/");
  }

  @Test
  void wrapKeepsTheStoredValueOfItsType() {
    Bench bench = Bench.of(wrapped("Resource.text.div", "narrative", "<div xmlns=\"x\">{}</div>"));
    String body = "{\"resourceType\":\"Patient\",\"text\":{\"div\":\"<div>Achterberg</div>\"}}";
    String stored = bench.protect(body);
    assertThat(stored).contains("\"<div xmlns=\\\"x\\\">phial:v1:1</div>\"");
    assertThat(bench.reveal("clinician", stored)).isEqualTo(body);
    assertThat(bench.protect(stored)).isEqualTo(stored);
    assertThat(bench.reveal("support", stored))
        .contains("<div xmlns=\\\"x\\\">")
        .doesNotContain("Achterberg");
    refused(
        Reason.INVALID_VALUE,
        () -> bench.protect(stored.replace("v1:1", "v1:99")),
        "element narrative");
  }

  @Test
  void extensionPlacementKeepsDatesValidAndComesBackByteForByte() {
    Bench bench = Bench.of(extension("Patient.birthDate", "birth"));
    String body = "{\"resourceType\":\"Patient\",\n  \"birthDate\" : \"1970-01-02\",\n  \"z\":1}";
    String stored = bench.protect(body);
    assertThat(stored)
        .isEqualTo("{\"resourceType\":\"Patient\",\n  \"_birthDate\" : {\"extension\":[{\"url\":\""
            + SealedExtension.URL + "\",\"valueString\":\"phial:v1:1\"}]},\n  \"z\":1}");
    assertThat(bench.reveal("clinician", stored)).isEqualTo(body);
    assertThat(bench.reveal("auditor", stored)).isEqualTo(stored);
    assertThat(bench.reveal("support", stored)).contains("\"valueString\":\"****-**-02\"");
    assertThat(bench.reveal("nobody", stored))
        .isEqualTo("{\"resourceType\":\"Patient\",\n  \"z\":1}");
    assertThat(bench.protect(stored)).isEqualTo(stored);
    refused(
        Reason.INVALID_VALUE,
        () -> bench.protect(stored.replace("phial:v1:1", "1970-01-02")),
        "sealed");
  }

  @Test
  void extensionPlacementJoinsACompanionThatIsThere() {
    Bench bench = Bench.of(extension("Patient.birthDate", "birth"));
    for (String companion : new String[] {
      "{\"extension\":[{\"url\":\"t\",\"valueDateTime\":\"x\"}]}",
      "{\"id\":\"a\"}",
      "{ }",
      "{\"id\":\"a\",\"extension\":[ ]}"
    }) {
      String body =
          "{\"resourceType\":\"Patient\",\n \"birthDate\": \"1970-01-02\",\n \"_birthDate\": "
              + companion + "}";
      String stored = bench.protect(body);
      assertThat(stored).doesNotContain("1970").contains("phial:v1:");
      String back = bench.reveal("clinician", stored);
      assertThat(back).contains("\"birthDate\": \"1970-01-02\"").doesNotContain("phial");
      if (companion.contains("valueDateTime")) {
        assertThat(back).isEqualTo(body);
      }
      assertThat(bench.reveal("nobody", stored)).doesNotContain("phial", "1970");
    }
  }

  @Test
  void extensionPlacementRefusesWhatItCannotDo() {
    Bench bench =
        Bench.of(extension("Patient.birthDate", "birth"), extension("Patient.name.given", "given"));
    refused(
        Reason.INVALID_VALUE,
        () -> bench.protect("{\"resourceType\":\"Patient\",\"name\":[{\"given\":[\"A\"]}]}"),
        "place: extension");
    String stored = bench.protect("{\"resourceType\":\"Patient\",\"birthDate\":\"1970-01-02\"}");
    String both = stored.replace("\"_birthDate\"", "\"birthDate\":\"1980-01-01\",\"_birthDate\"");
    refused(Reason.INVALID_VALUE, () -> bench.protect(both), "both");
    refused(Reason.NOT_AUTHENTIC, () -> bench.reveal("clinician", both), "both");
  }

  @Test
  void withheldValuesLeaveNoTraceAndNoEmptyContainers() {
    Bench bench = Bench.of(bind("$.a.b", "x"), bind("$.list", "x"), bind("$.last", "x"));
    assertThat(bench.reveal(
            "nobody", "{\"a\":{\"b\":\"1\"},\"k\":1,\"list\":[\"p\",\"q\"],\"last\":\"z\"}"))
        .isEqualTo("{\"k\":1}");
    assertThat(bench.reveal("nobody", "{\"list\":[\"p\",null,\"q\"],\"k\":2}"))
        .isEqualTo("{\"list\":[null],\"k\":2}");
    assertThat(bench.reveal("nobody", "{ \"last\":\"z\" , \"list\":\"y\" }")).isEqualTo("{  }");
    assertThat(bench.reveal("nobody", "{\"list\":[\"p\"],\"_list\":[null]}"))
        .isEqualTo("{\"list\":[null],\"_list\":[null]}");
  }

  @Test
  void redactedValuesAreRemovedOnTheirWayIn() {
    Bench bench = Bench.of(bind("$.a.b", "gone"));
    assertThat(bench.protect("{\"k\":1,\"a\":{\"b\":\"secret\"}}")).isEqualTo("{\"k\":1}");
  }

  @Test
  void aValueThatIsNotAuthenticFailsTheWholeBody() {
    Bench bench = Bench.of(bind("$.a", "x"), bind("$.b", "x"));
    String stored = bench.protect("{\"a\":\"1\",\"b\":\"2\"}");
    refused(
        Reason.NOT_AUTHENTIC,
        () -> bench.reveal("clinician", stored.replace("v1:2", "v1:77")),
        "element x",
        "/b");
  }

  @Test
  void unprotectedValuesComeBackAsTheyAreForWhoMaySeeThem() {
    Bench bench = Bench.of(bind("$.a", "x"), wrapped("$.w", "x", "<p>{}</p>"));
    String body = "{\"a\":\"caf\\u00e9\",\"w\":\"<p>old</p>\"}";
    assertThat(bench.reveal("clinician", body)).isEqualTo(body);
  }

  @Test
  void aLiteralSealedByAnotherChannelCannotBreakOutOfItsPlace() {
    Bench bench = Bench.of(bind("$.a", "x"));
    for (String evil : new String[] {"1},\"b\":{\"c\":2", "", "1 2", "{\"a\":1,\"a\":2}", "NaN"}) {
      String token = ((dev.phial.gateway.engine.Outcome.Protected) bench
              .engine()
              .protect(
                  MemoryEngine.call("clinician"),
                  java.util.List.of(dev.phial.gateway.engine.ProtectItem.of(
                      "x", dev.phial.gateway.engine.PlainValue.ofText("\u0000J" + evil))))
              .toCompletableFuture()
              .join()
              .get(0))
          .text();
      refused(
          Reason.NOT_AUTHENTIC,
          () -> bench.reveal("clinician", "{\"a\":\"" + token + "\"}"),
          "no JSON value");
    }
  }

  @Test
  void refusalsNameElementAndPlaceAndNoValue() {
    Bench bench = Bench.of(bind("Patient.name.family", "family"));
    assertThatThrownBy(() -> bench.protect(
            "{\"resourceType\":\"Patient\",\"name\":[{},{\"family\":\"REFUSE-Achterberg\"}]}"))
        .hasMessageContainingAll("element family", "/name/1/family")
        .hasMessageNotContaining("Achterberg");
  }

  @Test
  void anEngineThatFailsFailsTheBody() {
    Bench bench = Bench.of(bind("$.a", "x"));
    bench.engine().failWith(RefusalCode.AUDIT_UNAVAILABLE);
    refused(Reason.UNAVAILABLE, () -> bench.protect("{\"a\":\"1\"}"));
    bench.engine().failWith(RefusalCode.KEYS_UNAVAILABLE);
    refused(Reason.UNAVAILABLE, () -> bench.reveal("clinician", "{\"a\":\"1\"}"));
  }

  @Test
  void anEmptyBodyPassesAndOneOverTheLimitDoesNot() {
    Bench bench = new Bench(
        TestPolicies.fhir(bind("$.a", "x")), new TransformLimits(10, 5, 10, 10, 10, 10, 10, 10));
    assertThat(bench.protect("")).isEmpty();
    refused(Reason.TOO_LARGE, () -> bench.protect("{\"a\":  \"1\"}"), "10 bytes");
    refused(Reason.MALFORMED, () -> bench.protect("{\"a\":1}}"));
  }
}
