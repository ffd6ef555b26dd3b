package dev.phial.gateway.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.fpe.Ff1Engine;
import dev.phial.crypto.key.KeyPurpose;
import dev.phial.crypto.token.Marking;
import dev.phial.crypto.token.TokenFormat;
import dev.phial.gateway.identity.Call;
import dev.phial.gateway.identity.Caller;
import dev.phial.gateway.keys.Pin;
import dev.phial.gateway.policy.Element;
import dev.phial.gateway.policy.Identifier;
import dev.phial.gateway.policy.Mask;
import dev.phial.gateway.policy.Policy;
import dev.phial.gateway.policy.Protection;
import dev.phial.gateway.policy.Protection.KeyVersionMode;
import dev.phial.gateway.policy.Protection.SealedForm;
import dev.phial.gateway.policy.Reveal;
import dev.phial.gateway.policy.Role;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyEngineTest {
  private static final String SSN = "536-27-8841";

  private final InMemoryKeys keys = new InMemoryKeys();
  private final RecordingAudit audit = new RecordingAudit();
  private final ProtectionEngine engine = new AuditedEngine(
      new PolicyEngine(
          () -> POLICY,
          keys,
          Protectors.create(FipsModule.start(), Ff1Engine.COMPOSED, Clock.systemUTC()),
          EngineLimits.DEFAULT,
          Runnable::run),
      audit);

  private static final Policy POLICY = new Policy(
      "digest",
      elements(
          element(
              "ssn",
              new Protection.Tokenize(TokenFormat.parse("us-ssn"), KeyVersionMode.PINNED),
              new Mask(0, 4, '*')),
          element(
              "mrn",
              new Protection.Tokenize(
                  TokenFormat.parse("text:1..64", Marking.MARKED), KeyVersionMode.MARKED),
              Mask.ALL),
          element(
              "account",
              new Protection.Tokenize(TokenFormat.parse("digits:8..12"), KeyVersionMode.BESIDE),
              Mask.ALL),
          element("name", new Protection.Encrypt(SealedForm.TEXT, true), new Mask(1, 0, '*')),
          element("note", new Protection.Encrypt(SealedForm.BASE64, false), Mask.ALL),
          element("photo", new Protection.Redact(), Mask.ALL)),
      List.of(),
      roles(
          new Role("application", Set.of("TREAT"), Set.of("*"), Map.of(), false),
          new Role("clinician", Set.of("TREAT"), Set.of(), Map.of("*", Reveal.PLAINTEXT), false),
          new Role(
              "support",
              Set.of("HOPERAT"),
              Set.of(),
              Map.of(
                  "ssn",
                  Reveal.MASKED,
                  "name",
                  Reveal.MASKED,
                  "mrn",
                  Reveal.TOKEN,
                  "*",
                  Reveal.DENY),
              false)));

  private static Element element(String name, Protection protection, Mask mask) {
    return new Element(name, Identifier.OTHER, protection, mask);
  }

  private static Map<String, Element> elements(Element... elements) {
    return Arrays.stream(elements).collect(Collectors.toMap(Element::name, Function.identity()));
  }

  private static Map<String, Role> roles(Role... roles) {
    return Arrays.stream(roles).collect(Collectors.toMap(Role::name, Function.identity()));
  }

  private static Call call(String tenant, String role, String purpose) {
    return new Call(
        new Caller(role + "@" + tenant, tenant, Set.of(role), Set.of(purpose), Caller.Method.JWT),
        purpose,
        "test",
        "r1");
  }

  private static final Call APPLICATION = call("mercy", "application", "TREAT");
  private static final Call CLINICIAN = call("mercy", "clinician", "TREAT");
  private static final Call SUPPORT = call("mercy", "support", "HOPERAT");
  private static final Call STRANGER = call("mercy", "visitor", "TREAT");

  private Outcome protect(Call call, String element, String value) {
    return protect(call, ProtectItem.of(element, PlainValue.ofText(value)));
  }

  private Outcome protect(Call call, ProtectItem item) {
    return engine.protect(call, List.of(item)).toCompletableFuture().join().get(0);
  }

  private String token(String element, String value) {
    return ((Outcome.Protected) protect(APPLICATION, element, value)).text();
  }

  private Outcome reveal(Call call, String element, String value) {
    return engine
        .reveal(call, List.of(RevealItem.of(element, value)))
        .toCompletableFuture()
        .join()
        .get(0);
  }

  private static String text(Outcome outcome) {
    return ((Outcome.Revealed) outcome).value().text();
  }

  private static RefusalCode code(Outcome outcome) {
    return ((Outcome.Refused) outcome).code();
  }

  @ParameterizedTest
  @CsvSource({
    "ssn,536-27-8841",
    "ssn,536278841",
    "mrn,MC-0047812",
    "mrn,1",
    "mrn,病歴-9",
    "name,Ångström",
    "note,Zm9v"
  })
  void what_an_application_protects_a_clinician_reads(String element, String value) {
    String stored = token(element, value);

    assertThat(stored).isNotEqualTo(value);
    assertThat(text(reveal(CLINICIAN, element, stored))).isEqualTo(value);
  }

  @Test
  void a_role_sees_each_element_in_its_own_form() {
    String mrn = token("mrn", "MC-0047812");

    assertThat(text(reveal(SUPPORT, "ssn", token("ssn", SSN)))).isEqualTo("***-**-8841");
    assertThat(text(reveal(SUPPORT, "name", token("name", "Achterberg")))).isEqualTo("A*********");
    assertThat(text(reveal(SUPPORT, "mrn", mrn))).isEqualTo(mrn);
    assertThat(reveal(SUPPORT, "note", token("note", "x"))).isInstanceOf(Outcome.Withheld.class);
  }

  @Test
  void who_has_no_role_is_refused_both_ways() {
    String stored = token("ssn", SSN);

    assertThat(code(reveal(STRANGER, "ssn", stored))).isEqualTo(RefusalCode.PERMISSION_DENIED);
    assertThat(code(protect(STRANGER, "ssn", SSN))).isEqualTo(RefusalCode.PERMISSION_DENIED);
    assertThat(code(protect(CLINICIAN, "ssn", SSN))).isEqualTo(RefusalCode.PERMISSION_DENIED);
  }

  @Test
  void a_role_counts_only_for_its_purposes() {
    Call otherPurpose = call("mercy", "clinician", "HRESCH");

    assertThat(code(reveal(otherPurpose, "ssn", token("ssn", SSN))))
        .isEqualTo(RefusalCode.PERMISSION_DENIED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ssn", "mrn", "name", "note"})
  void another_tenant_opens_nothing(String element) {
    String stored = token(element, element.equals("ssn") ? SSN : "value");
    Call elsewhere = call("lakeside", "clinician", "TREAT");

    Outcome outcome = reveal(elsewhere, element, stored);

    if (element.equals("ssn")) {
      assertThat(text(outcome))
          .isNotEqualTo(SSN); // pinned FF1 has no integrity: another key gives another number
    } else {
      assertThat(code(outcome)).isEqualTo(RefusalCode.NOT_AUTHENTIC);
    }
  }

  @Test
  void a_ciphertext_of_one_element_does_not_open_as_another() {
    assertThat(code(reveal(CLINICIAN, "note", token("name", "Achterberg"))))
        .isEqualTo(RefusalCode.NOT_AUTHENTIC);
  }

  @Test
  void after_a_rotation_old_values_open_and_new_ones_use_the_new_key() {
    String name = token("name", "Achterberg");
    String mrn = token("mrn", "MC-1");
    String ssn = token("ssn", SSN);
    keys.rotate("mercy", KeyPurpose.ENCRYPT);
    keys.rotate("mercy", KeyPurpose.TOKENIZE);

    assertThat(text(reveal(CLINICIAN, "name", name))).isEqualTo("Achterberg");
    assertThat(text(reveal(CLINICIAN, "mrn", mrn))).isEqualTo("MC-1");
    assertThat(text(reveal(CLINICIAN, "ssn", ssn))).isEqualTo(SSN);
    assertThat(((Outcome.Protected) protect(APPLICATION, "name", "Achterberg")).keyVersion())
        .isEqualTo(2);
    assertThat(((Outcome.Protected) protect(APPLICATION, "mrn", "MC-1")).keyVersion())
        .isEqualTo(2);
    assertThat(token("ssn", SSN)).as("pinned").isEqualTo(ssn);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ssn", "mrn", "name", "note"})
  void a_retired_key_version_is_said_so_and_gives_no_value(String element) {
    String stored = token(element, element.equals("ssn") ? SSN : "value");
    KeyPurpose purpose =
        element.equals("ssn") || element.equals("mrn") ? KeyPurpose.TOKENIZE : KeyPurpose.ENCRYPT;
    keys.rotate("mercy", purpose);
    keys.retire("mercy", purpose, 1);

    assertThat(code(reveal(CLINICIAN, element, stored))).isEqualTo(RefusalCode.KEY_RETIRED);
  }

  @Test
  void three_versions_of_marked_and_beside_tokens_open_right() {
    List<RevealItem> items = new ArrayList<>();
    List<String> wanted = new ArrayList<>();
    for (int version = 1; version <= 3; version++) {
      for (int i = 0; i < 50; i++) {
        String value = "M-" + version + "-" + i;
        items.add(RevealItem.of("mrn", token("mrn", value)));
        wanted.add(value);
        String account = String.valueOf(10_000_000 + version * 1000 + i);
        Outcome.Protected made = (Outcome.Protected) protect(
            APPLICATION,
            new ProtectItem(
                "account", PlainValue.ofText(account), Map.of(), ProtectItem.Operation.TOKENIZE));
        items.add(new RevealItem(
            "account", made.text(), Map.of(), made.keyVersion(), ProtectItem.Operation.TOKENIZE));
        wanted.add(account);
      }
      keys.rotate("mercy", KeyPurpose.TOKENIZE);
    }

    List<Outcome> revealed =
        engine.reveal(CLINICIAN, items).toCompletableFuture().join();

    assertThat(revealed).extracting(PolicyEngineTest::text).containsExactlyElementsOf(wanted);
  }

  @ParameterizedTest
  @CsvSource({"mrn, MC-0047812", "name, Achterberg", "note, A longer text about nobody"})
  void renewed_values_are_of_the_new_version_and_open_as_before(String element, String value) {
    String old = token(element, value);
    keys.rotate("mercy", KeyPurpose.TOKENIZE);
    keys.rotate("mercy", KeyPurpose.ENCRYPT);

    Outcome.Protected renewed = (Outcome.Protected) renew(APPLICATION, RevealItem.of(element, old));

    assertThat(renewed.keyVersion()).isEqualTo(2);
    assertThat(renewed.unchanged()).isFalse();
    assertThat(renewed.text()).isNotEqualTo(old);
    assertThat(text(reveal(CLINICIAN, element, renewed.text()))).isEqualTo(value);
    assertThat(renew(APPLICATION, RevealItem.of(element, renewed.text())))
        .isEqualTo(new Outcome.Protected(renewed.text(), 2, "", true));
  }

  @Test
  void a_token_beside_its_version_is_renewed_to_the_token_that_its_value_now_gets() {
    ProtectItem item = new ProtectItem(
        "account", PlainValue.ofText("12345678"), Map.of("a", "b"), ProtectItem.Operation.TOKENIZE);
    Outcome.Protected old = (Outcome.Protected) protect(APPLICATION, item);
    keys.rotate("mercy", KeyPurpose.TOKENIZE);

    Outcome.Protected renewed = (Outcome.Protected) renew(
        APPLICATION,
        new RevealItem("account", old.text(), Map.of("a", "b"), 1, ProtectItem.Operation.TOKENIZE));

    assertThat(renewed).isEqualTo(protect(APPLICATION, item));
    assertThat(renewed.keyVersion()).isEqualTo(2);
  }

  @Test
  void what_a_newer_version_sealed_is_not_taken_for_a_plain_value() {
    String newer = "phial:v2:" + token("name", "Rosalind").substring("phial:v1:".length());
    assertThat(code(reveal(CLINICIAN, "name", newer))).isEqualTo(RefusalCode.NOT_AUTHENTIC);
    assertThat(code(protect(APPLICATION, "name", newer))).isEqualTo(RefusalCode.INVALID_VALUE);
    assertThat(text(reveal(CLINICIAN, "name", "phial:vial"))).isEqualTo("phial:vial");
  }

  @Test
  void a_pinned_token_stays_as_it_is() {
    String old = token("ssn", SSN);
    keys.rotate("mercy", KeyPurpose.TOKENIZE);
    assertThat(renew(APPLICATION, RevealItem.of("ssn", old)))
        .isEqualTo(new Outcome.Protected(old, 1, "", true));
  }

  private Outcome renewSsn(String token, int version) {
    return renew(
        APPLICATION,
        new RevealItem("ssn", token, Map.of(), version, ProtectItem.Operation.AS_POLICY));
  }

  private Outcome revealSsn(String token, int version) {
    RevealItem item =
        new RevealItem("ssn", token, Map.of(), version, ProtectItem.Operation.AS_POLICY);
    return engine.reveal(CLINICIAN, List.of(item)).toCompletableFuture().join().get(0);
  }

  /** T10: at no step is a token of one version opened as one of the other. */
  @Test
  void the_tokens_of_a_pinned_element_move_to_another_version_without_a_wrong_value() {
    String old = token("ssn", SSN);
    keys.rotate("mercy", KeyPurpose.TOKENIZE);
    keys.pin("mercy", "ssn", new Pin.Moving(1, 2));
    assertThat(token("ssn", SSN)).as("made as before").isEqualTo(old);
    assertThat(text(reveal(CLINICIAN, "ssn", old))).as("opened as before").isEqualTo(SSN);
    assertThat(code(renewSsn(old, 0))).isEqualTo(RefusalCode.KEYS_UNAVAILABLE);
    Outcome.Protected renewed = (Outcome.Protected) renewSsn(old, 1);
    assertThat(renewed.keyVersion()).isEqualTo(2);
    assertThat(renewed.text()).isNotEqualTo(old);
    assertThat(renewSsn(renewed.text(), 2))
        .as("may be repeated")
        .isEqualTo(new Outcome.Protected(renewed.text(), 2, "", true));
    assertThat(text(revealSsn(renewed.text(), 2))).as("can be checked").isEqualTo(SSN);

    keys.pin("mercy", "ssn", new Pin.Held(1, 2));
    assertThat(code(reveal(CLINICIAN, "ssn", old))).isEqualTo(RefusalCode.KEYS_UNAVAILABLE);
    assertThat(code(protect(APPLICATION, "ssn", SSN))).isEqualTo(RefusalCode.KEYS_UNAVAILABLE);
    assertThat(text(revealSsn(old, 1))).isEqualTo(SSN);
    assertThat(text(revealSsn(renewed.text(), 2))).isEqualTo(SSN);
    assertThat(((Outcome.Protected) renewSsn(old, 1)).text()).isEqualTo(renewed.text());

    keys.pin("mercy", "ssn", new Pin.Settled(2));
    assertThat(text(reveal(CLINICIAN, "ssn", renewed.text()))).isEqualTo(SSN);
    assertThat(token("ssn", SSN)).isEqualTo(renewed.text());
    assertThat(code(revealSsn(old, 1))).isEqualTo(RefusalCode.INVALID_VALUE);
    keys.retire("mercy", KeyPurpose.TOKENIZE, 1);
    assertThat(text(reveal(CLINICIAN, "ssn", renewed.text()))).isEqualTo(SSN);
  }

  @Test
  void a_version_that_a_pinned_element_does_not_have_is_not_believed() {
    String token = token("ssn", SSN);
    keys.rotate("mercy", KeyPurpose.TOKENIZE);
    assertThat(text(revealSsn(token, 1))).isEqualTo(SSN);
    assertThat(code(revealSsn(token, 2))).isEqualTo(RefusalCode.INVALID_VALUE);
    assertThat(code(renewSsn(token, 2))).isEqualTo(RefusalCode.INVALID_VALUE);
  }

  @Test
  void only_who_may_protect_renews_and_nobody_renews_what_is_not_theirs() {
    String mrn = token("mrn", "MC-0047812");
    assertThat(code(renew(CLINICIAN, RevealItem.of("mrn", mrn))))
        .isEqualTo(RefusalCode.PERMISSION_DENIED);
    assertThat(code(renew(call("grace", "application", "TREAT"), RevealItem.of("mrn", mrn))))
        .isIn(RefusalCode.NOT_AUTHENTIC, RefusalCode.KEY_RETIRED);
    assertThat(code(renew(APPLICATION, RevealItem.of("mrn", "MC-0047812"))))
        .isEqualTo(RefusalCode.NOT_AUTHENTIC);
    assertThat(code(renew(APPLICATION, RevealItem.of("photo", "x"))))
        .isEqualTo(RefusalCode.NOT_AUTHENTIC);
  }

  @Test
  void a_value_of_a_retired_version_is_not_renewed() {
    String mrn = token("mrn", "MC-0047812");
    keys.rotate("mercy", KeyPurpose.TOKENIZE);
    keys.retire("mercy", KeyPurpose.TOKENIZE, 1);
    assertThat(code(renew(APPLICATION, RevealItem.of("mrn", mrn))))
        .isEqualTo(RefusalCode.KEY_RETIRED);
  }

  @Test
  void a_renewed_batch_keeps_its_order_and_is_recorded_without_values() {
    String first = token("mrn", "MC-0047812");
    keys.rotate("mercy", KeyPurpose.TOKENIZE);
    String second = token("mrn", "MC-0047813");
    List<Outcome> outcomes = engine
        .renew(
            APPLICATION,
            List.of(
                RevealItem.of("mrn", second),
                RevealItem.of("mrn", "no token"),
                RevealItem.of("mrn", first)))
        .toCompletableFuture()
        .join();

    assertThat(outcomes.get(0)).isEqualTo(new Outcome.Protected(second, 2, "", true));
    assertThat(code(outcomes.get(1))).isEqualTo(RefusalCode.NOT_AUTHENTIC);
    assertThat(outcomes.get(2)).isInstanceOf(Outcome.Protected.class);
    assertThat(audit.events()).last().satisfies(event -> {
      assertThat(event.action()).isEqualTo("renew");
      assertThat(event.toString()).doesNotContain("MC-004");
    });
  }

  private Outcome renew(Call call, RevealItem item) {
    return engine.renew(call, List.of(item)).toCompletableFuture().join().get(0);
  }

  @Test
  void a_token_kept_beside_its_version_is_not_opened_without_it() {
    assertThat(code(reveal(CLINICIAN, "account", "12345678"))).isEqualTo(RefusalCode.INVALID_VALUE);
    assertThat(code(protect(APPLICATION, "account", "12345678")))
        .isEqualTo(RefusalCode.INVALID_VALUE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mrn", "name", "note"})
  void a_protected_value_that_comes_again_stays_as_it_is(String element) {
    String stored = token(element, "value");

    assertThat(protect(APPLICATION, element, stored))
        .isInstanceOfSatisfying(Outcome.Protected.class, again -> {
          assertThat(again.text()).isEqualTo(stored);
          assertThat(again.unchanged()).isTrue();
        });
  }

  @Test
  void a_foreign_protected_value_is_not_taken_in() {
    Call lakeside = call("lakeside", "application", "TREAT");
    String sealed = ((Outcome.Protected) protect(lakeside, "name", "Achterberg")).text();
    String marked = ((Outcome.Protected) protect(lakeside, "mrn", "MC-1")).text();

    assertThat(code(protect(APPLICATION, "name", sealed))).isEqualTo(RefusalCode.INVALID_VALUE);
    assertThat(code(protect(APPLICATION, "mrn", marked))).isEqualTo(RefusalCode.INVALID_VALUE);
  }

  @Test
  void a_stored_value_that_was_never_protected_is_shown_only_to_who_may_see_plaintext() {
    assertThat(reveal(CLINICIAN, "name", "Achterberg"))
        .isEqualTo(
            new Outcome.Revealed(PlainValue.ofText("Achterberg"), Outcome.RevealForm.UNPROTECTED));
    assertThat(text(reveal(SUPPORT, "name", "Achterberg"))).isEqualTo("A*********");
    assertThat(text(reveal(SUPPORT, "mrn", "MC-0047812"))).startsWith("pt1.");
    assertThat(reveal(SUPPORT, "note", "plain")).isInstanceOf(Outcome.Withheld.class);
  }

  @Test
  void a_call_that_names_its_operation_is_held_to_it() {
    ProtectItem wrong =
        new ProtectItem("name", PlainValue.ofText("x"), Map.of(), ProtectItem.Operation.TOKENIZE);

    assertThat(code(protect(APPLICATION, wrong))).isEqualTo(RefusalCode.INVALID_VALUE);
    assertThat(code(engine
            .reveal(
                CLINICIAN,
                List.of(
                    new RevealItem("name", "plain", Map.of(), 0, ProtectItem.Operation.ENCRYPT)))
            .toCompletableFuture()
            .join()
            .get(0)))
        .isEqualTo(RefusalCode.NOT_AUTHENTIC);
  }

  @Test
  void the_callers_context_binds() {
    Map<String, String> visit = Map.of("visit", "7");
    for (String element : List.of("name", "mrn")) {
      Outcome.Protected made = (Outcome.Protected) protect(
          APPLICATION,
          new ProtectItem(
              element, PlainValue.ofText("value"), visit, ProtectItem.Operation.AS_POLICY));
      RevealItem right =
          new RevealItem(element, made.text(), visit, 0, ProtectItem.Operation.AS_POLICY);

      assertThat(text(engine
              .reveal(CLINICIAN, List.of(right))
              .toCompletableFuture()
              .join()
              .get(0)))
          .isEqualTo("value");
      assertThat(code(reveal(CLINICIAN, element, made.text())))
          .isEqualTo(RefusalCode.NOT_AUTHENTIC);
    }
  }

  @Test
  void redacted_values_are_gone() {
    assertThat(protect(APPLICATION, "photo", "bytes")).isInstanceOf(Outcome.Withheld.class);
  }

  @Test
  void equal_values_have_equal_index_digests_and_different_ciphertexts() {
    Outcome.Protected one = (Outcome.Protected) protect(APPLICATION, "name", "Achterberg");
    Outcome.Protected two = (Outcome.Protected) protect(APPLICATION, "name", "Achterberg");

    assertThat(one.index()).isNotEmpty().isEqualTo(two.index());
    assertThat(one.text()).isNotEqualTo(two.text());
  }

  @Test
  void a_bad_item_does_not_touch_its_neighbours() {
    List<Outcome> outcomes = engine
        .protect(
            APPLICATION,
            List.of(
                ProtectItem.of("ssn", PlainValue.ofText("not a number")),
                ProtectItem.of("nobody_knows", PlainValue.ofText("x")),
                ProtectItem.of("ssn", PlainValue.ofText(SSN)),
                ProtectItem.of("ssn", PlainValue.ofBytes(new byte[] {(byte) 0xff}))))
        .toCompletableFuture()
        .join();

    assertThat(outcomes)
        .extracting(o -> o instanceof Outcome.Refused refused ? refused.code().name() : "ok")
        .containsExactly("INVALID_VALUE", "UNKNOWN_ELEMENT", "ok", "INVALID_VALUE");
  }

  @Test
  void refusals_name_the_element_and_never_the_value() {
    for (String value : List.of("536-27-88412", "SECRET", "12")) {
      Outcome.Refused refused = (Outcome.Refused) protect(APPLICATION, "ssn", value);

      assertThat(refused.message()).contains("ssn").doesNotContain(value);
    }
  }

  @Test
  void without_keys_nothing_is_answered() {
    keys.down(true);

    assertThatThrownBy(() -> protect(APPLICATION, "ssn", SSN))
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> assertThat(e.code()).isEqualTo(RefusalCode.KEYS_UNAVAILABLE));
    assertThat(audit.events()).extracting("outcome").containsExactly("keys_unavailable");
  }

  @Test
  void without_audit_nothing_is_answered() {
    audit.fail(true);

    assertThatThrownBy(() -> protect(APPLICATION, "ssn", SSN))
        .cause()
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> assertThat(e.code()).isEqualTo(RefusalCode.AUDIT_UNAVAILABLE));
  }

  @Test
  void the_answer_waits_for_the_audit_record() {
    audit.hold();
    var answer = engine
        .protect(APPLICATION, List.of(ProtectItem.of("ssn", PlainValue.ofText(SSN))))
        .toCompletableFuture();

    assertThat(answer).isNotDone();
    audit.release();
    assertThat(answer).isCompleted();
  }

  @Test
  void audit_counts_by_element_and_result_and_holds_no_value() {
    engine
        .protect(
            APPLICATION,
            IntStream.range(0, 3)
                .mapToObj(i -> ProtectItem.of("ssn", PlainValue.ofText(SSN)))
                .toList())
        .toCompletableFuture()
        .join();

    assertThat(audit.events()).singleElement().satisfies(event -> {
      assertThat(event.subject()).isEqualTo("application@mercy");
      assertThat(event.elements()).singleElement().satisfies(count -> {
        assertThat(count.element()).isEqualTo("ssn");
        assertThat(count.result()).isEqualTo("protected");
        assertThat(count.keyVersion()).isEqualTo(1);
        assertThat(count.count()).isEqualTo(3);
      });
      assertThat(event.toString()).doesNotContain(SSN);
    });
  }

  @Test
  void a_batch_over_the_limit_is_refused_whole() {
    ProtectionEngine small = new PolicyEngine(
        () -> POLICY,
        keys,
        Protectors.create(FipsModule.start(), Ff1Engine.COMPOSED, Clock.systemUTC()),
        new EngineLimits(2, 100, 0),
        Runnable::run);
    List<ProtectItem> three = IntStream.range(0, 3)
        .mapToObj(i -> ProtectItem.of("name", PlainValue.ofText("x")))
        .toList();

    assertThatThrownBy(
            () -> small.protect(APPLICATION, three).toCompletableFuture().join())
        .cause()
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.code()).isEqualTo(RefusalCode.TOO_LARGE));
  }

  @Test
  void values_never_show_in_text_forms() {
    assertThat(List.of(
            PlainValue.ofText(SSN).toString(),
            ProtectItem.of("ssn", PlainValue.ofText(SSN)).toString(),
            RevealItem.of("ssn", SSN).toString(),
            new Outcome.Revealed(PlainValue.ofText(SSN), Outcome.RevealForm.PLAINTEXT).toString()))
        .noneMatch(text -> text.contains("8841"));
  }
}
