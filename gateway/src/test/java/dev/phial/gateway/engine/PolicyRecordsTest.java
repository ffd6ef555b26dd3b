package dev.phial.gateway.engine;

import static dev.phial.gateway.engine.DocumentPolicies.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.fpe.Ff1Engine;
import dev.phial.crypto.key.KeyPurpose;
import dev.phial.gateway.audit.AuditEvent.ElementCount;
import dev.phial.gateway.identity.Call;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyRecordsTest {
  private static final Call CLINICIAN = call("mercy", "clinician", "TREAT");
  private static final Call APPLICATION = call("mercy", "application", "TREAT");
  private static final Call SUPPORT = call("mercy", "support", "HOPERAT");
  private static final Call STRANGER = call("mercy", "visitor", "TREAT");
  private static final Map<String, String> FIELDS =
      Map.of("given_name", "Ada", "phone", "555-0199", "note", "seen at noon");

  private final InMemoryKeys keys = new InMemoryKeys();
  private final RecordingAudit audit = new RecordingAudit();
  private final RecordEngine engine = new AuditedRecords(
      new PolicyRecords(
          () -> DocumentPolicies.POLICY,
          keys,
          FipsModule.start(),
          EngineLimits.DEFAULT,
          Runnable::run),
      audit);

  private static PlainRecord patient(Map<String, String> fields) {
    Map<String, PlainValue> values = new LinkedHashMap<>();
    fields.forEach((element, value) -> values.put(element, PlainValue.ofText(value)));
    return new PlainRecord("patient", values, Map.of("visit", "v-1"));
  }

  private RecordOutcome protect(Call call, PlainRecord record) {
    return engine.protectRecord(call, record).toCompletableFuture().join();
  }

  private RecordOutcome.Sealed sealed() {
    return (RecordOutcome.Sealed) protect(CLINICIAN, patient(FIELDS));
  }

  private List<FieldOutcome> reveal(Call call, String text, String... elements) {
    return engine
        .revealRecord(call, stored(text, elements))
        .toCompletableFuture()
        .join();
  }

  private static StoredRecord stored(String text, String... elements) {
    return new StoredRecord("patient", text, List.of(elements), Map.of("visit", "v-1"));
  }

  private static EngineException failure(CompletionStage<?> stage) {
    Throwable thrown = catchThrowable(() -> stage.toCompletableFuture().join());
    return EngineException.of(thrown);
  }

  private static String shown(FieldOutcome field) {
    Outcome outcome = field.outcome();
    String value =
        outcome instanceof Outcome.Revealed revealed ? ":" + revealed.value().text() : "";
    return field.element() + ":" + Outcomes.word(outcome) + value;
  }

  @Test
  void who_may_see_everything_gets_every_field_under_its_own_name() {
    assertThat(reveal(CLINICIAN, sealed().text()))
        .extracting(PolicyRecordsTest::shown)
        .containsExactly(
            "given_name:plaintext:Ada", "note:plaintext:seen at noon", "phone:plaintext:555-0199");
  }

  @Test
  void each_field_is_shown_as_its_own_element_is_granted() {
    assertThat(reveal(SUPPORT, sealed().text()))
        .extracting(PolicyRecordsTest::shown)
        .containsExactly("given_name:withheld", "note:withheld", "phone:masked:***-0199");
  }

  @Test
  void a_subset_comes_in_the_order_asked_for_and_says_what_is_not_there() {
    assertThat(reveal(CLINICIAN, sealed().text(), "phone", "scan", "ssn", "no_such", "note"))
        .extracting(PolicyRecordsTest::shown)
        .containsExactly(
            "phone:plaintext:555-0199",
            "scan:invalid_value",
            "ssn:invalid_value",
            "no_such:unknown_element",
            "note:plaintext:seen at noon");
  }

  @Test
  void who_may_not_see_an_element_does_not_learn_whether_the_record_has_it() {
    assertThat(reveal(SUPPORT, sealed().text(), "note", "scan"))
        .extracting(FieldOutcome::outcome)
        .first()
        .isEqualTo(new Outcome.Withheld());
    String without =
        ((RecordOutcome.Sealed) protect(CLINICIAN, patient(Map.of("phone", "555")))).text();
    assertThat(reveal(SUPPORT, without, "note"))
        .containsExactly(new FieldOutcome("note", new Outcome.Withheld()));
  }

  @Test
  void indexed_elements_get_digests_and_the_record_names_its_key_version() {
    RecordOutcome.Sealed sealed = sealed();
    assertThat(sealed.keyVersion()).isEqualTo(1);
    assertThat(sealed.indexes()).containsOnlyKeys("phone");
    assertThat(sealed.indexes().get("phone"))
        .startsWith("ix1:")
        .isEqualTo(sealed().indexes().get("phone"));
  }

  @ParameterizedTest
  @CsvSource({"ssn,INVALID_VALUE", "no_such,UNKNOWN_ELEMENT"})
  void one_field_that_cannot_be_sealed_refuses_the_record(String element, RefusalCode code) {
    RecordOutcome outcome = protect(CLINICIAN, patient(Map.of("phone", "555", element, "x")));
    assertThat(outcome).isInstanceOfSatisfying(RecordOutcome.Denied.class, denied -> {
      assertThat(denied.element()).isEqualTo(element);
      assertThat(denied.refusal().code()).isEqualTo(code);
    });
  }

  @Test
  void one_field_that_the_caller_may_not_protect_refuses_the_record() {
    RecordOutcome outcome = protect(SUPPORT, patient(Map.of("phone", "555", "note", "x")));
    assertThat(outcome).isInstanceOfSatisfying(RecordOutcome.Denied.class, denied -> {
      assertThat(denied.element()).isEqualTo("note");
      assertThat(denied.refusal().code()).isEqualTo(RefusalCode.PERMISSION_DENIED);
    });
    assertThat(audit.events())
        .singleElement()
        .satisfies(event -> assertThat(event.elements())
            .containsExactly(new ElementCount("note", "permission_denied", 0, 1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Patient", "pat ient", "1a", "536-27-8841"})
  void a_record_name_that_is_none_is_refused_and_not_repeated(String name) {
    PlainRecord record = new PlainRecord(name, patient(FIELDS).fields(), Map.of());
    EngineException failure = failure(engine.protectRecord(CLINICIAN, record));
    assertThat(failure.code()).isEqualTo(RefusalCode.INVALID_VALUE);
    if (!name.isEmpty()) {
      assertThat(failure.getMessage()).doesNotContain(name);
    }
  }

  @Test
  void a_record_without_fields_is_refused() {
    assertThat(failure(engine.protectRecord(CLINICIAN, patient(Map.of()))).code())
        .isEqualTo(RefusalCode.INVALID_VALUE);
  }

  @Test
  void who_has_no_role_for_the_purpose_is_told_so_once() {
    assertThat(failure(engine.revealRecord(STRANGER, stored(sealed().text()))).code())
        .isEqualTo(RefusalCode.PERMISSION_DENIED);
  }

  @Test
  void another_tenant_name_or_context_and_changed_text_are_not_authentic() {
    String text = sealed().text();
    Call south = call("south", "clinician", "TREAT");
    for (CompletionStage<?> stage : List.of(
        engine.revealRecord(south, stored(text)),
        engine.revealRecord(
            CLINICIAN, new StoredRecord("visit", text, List.of(), Map.of("visit", "v-1"))),
        engine.revealRecord(CLINICIAN, new StoredRecord("patient", text, List.of(), Map.of())),
        engine.revealRecord(CLINICIAN, stored(text.substring(0, text.length() - 4) + "AAAA")),
        engine.revealRecord(CLINICIAN, stored("phial:v1:")),
        engine.revealRecord(CLINICIAN, stored("Ada")))) {
      assertThat(failure(stage).code()).isEqualTo(RefusalCode.NOT_AUTHENTIC);
      assertThat(failure(stage).getMessage()).doesNotContain("Ada");
    }
  }

  @Test
  void a_single_value_is_no_record_and_a_record_no_single_value() {
    ProtectionEngine values = new PolicyEngine(
        () -> DocumentPolicies.POLICY,
        keys,
        Protectors.create(FipsModule.start(), Ff1Engine.COMPOSED, Clock.systemUTC()),
        EngineLimits.DEFAULT,
        Runnable::run);
    String value = ((Outcome.Protected) values
            .protect(CLINICIAN, List.of(ProtectItem.of("note", PlainValue.ofText("x"))))
            .toCompletableFuture()
            .join()
            .get(0))
        .text();
    assertThat(failure(engine.revealRecord(CLINICIAN, stored(value))).code())
        .isEqualTo(RefusalCode.NOT_AUTHENTIC);
    Outcome record = values
        .reveal(CLINICIAN, List.of(RevealItem.of("given_name", sealed().text())))
        .toCompletableFuture()
        .join()
        .get(0);
    assertThat(record)
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> assertThat(refused.code()).isEqualTo(RefusalCode.NOT_AUTHENTIC));
  }

  @Test
  void old_versions_open_until_they_are_retired() {
    String text = sealed().text();
    keys.rotate("mercy", KeyPurpose.ENCRYPT);
    assertThat(sealed().keyVersion()).isEqualTo(2);
    assertThat(reveal(CLINICIAN, text, "phone"))
        .extracting(PolicyRecordsTest::shown)
        .containsExactly("phone:plaintext:555-0199");
    keys.retire("mercy", KeyPurpose.ENCRYPT, 1);
    assertThat(failure(engine.revealRecord(CLINICIAN, stored(text))).code())
        .isEqualTo(RefusalCode.KEY_RETIRED);
  }

  @Test
  void each_field_is_in_the_audit_record_before_the_answer() {
    String text = sealed().text();
    audit.hold();
    CompletableFuture<List<FieldOutcome>> answer =
        engine.revealRecord(SUPPORT, stored(text)).toCompletableFuture();
    assertThat(answer).isNotDone();
    audit.release();
    assertThat(answer).isCompleted();
    assertThat(audit.events().get(0).elements())
        .containsExactly(
            new ElementCount("given_name", "protected", 1, 1),
            new ElementCount("note", "protected", 1, 1),
            new ElementCount("phone", "protected", 1, 1));
    assertThat(audit.events().get(1).elements())
        .containsExactly(
            new ElementCount("given_name", "withheld", 0, 1),
            new ElementCount("note", "withheld", 0, 1),
            new ElementCount("phone", "masked", 0, 1));
  }

  @Test
  void without_an_audit_log_nothing_is_sealed_or_shown() {
    String text = sealed().text();
    audit.fail(true);
    assertThat(failure(engine.protectRecord(APPLICATION, patient(FIELDS))).code())
        .isEqualTo(RefusalCode.AUDIT_UNAVAILABLE);
    assertThat(failure(engine.revealRecord(CLINICIAN, stored(text))).code())
        .isEqualTo(RefusalCode.AUDIT_UNAVAILABLE);
  }

  @Test
  void without_keys_it_fails_as_a_whole() {
    keys.down(true);
    assertThat(failure(engine.protectRecord(CLINICIAN, patient(FIELDS))).code())
        .isEqualTo(RefusalCode.KEYS_UNAVAILABLE);
  }
}
