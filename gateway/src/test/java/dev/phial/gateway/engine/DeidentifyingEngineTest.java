package dev.phial.gateway.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phial.crypto.deid.BirthYear;
import dev.phial.crypto.deid.DateCoarsening;
import dev.phial.crypto.deid.NumberSteps;
import dev.phial.crypto.deid.Over89;
import dev.phial.crypto.deid.Zip3;
import dev.phial.crypto.deid.ZipAreas;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.fpe.Ff1Engine;
import dev.phial.crypto.key.KeyPurpose;
import dev.phial.gateway.identity.Call;
import dev.phial.gateway.identity.Caller;
import dev.phial.gateway.policy.Element;
import dev.phial.gateway.policy.Identifier;
import dev.phial.gateway.policy.Mask;
import dev.phial.gateway.policy.Policy;
import dev.phial.gateway.policy.Protection;
import dev.phial.gateway.policy.Protection.Unfit;
import dev.phial.gateway.policy.Reveal;
import dev.phial.gateway.policy.Role;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeidentifyingEngineTest {
  private static final int DAYS = 365;
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-27T12:00:00Z"), ZoneOffset.UTC);

  private static final Policy POLICY = new Policy(
      "digest",
      elements(
          element("birth_date", new Protection.Shift(DAYS, "dates", Unfit.REFUSE)),
          element("visit_date", new Protection.Shift(DAYS, "dates", Unfit.REDACT)),
          element("lab_date", new Protection.Shift(DAYS, "labs", Unfit.REFUSE)),
          element("birth_year", generalize(new BirthYear(Over89.MARKER))),
          element("month", generalize(DateCoarsening.MONTH)),
          element("weight", generalize(new NumberSteps(5))),
          element("zip", generalize(new Zip3(ZipAreas.census2000()))),
          element(
              "zip_or_none",
              new Protection.Generalize(new Zip3(ZipAreas.census2000()), Unfit.REDACT)),
          element("ssn", new Protection.Masked(new Mask(0, 4, '*'))),
          element("mrn", new Protection.Hash()),
          element("account", new Protection.Hash()),
          element("photo", new Protection.Redact())),
      List.of(),
      roles(
          new Role("application", Set.of("TREAT"), Set.of("*"), Map.of(), false),
          new Role("clinician", Set.of("TREAT"), Set.of(), Map.of("*", Reveal.PLAINTEXT), false),
          new Role("researcher", Set.of("TREAT"), Set.of(), Map.of("*", Reveal.TOKEN), false),
          new Role("support", Set.of("TREAT"), Set.of(), Map.of("*", Reveal.MASKED), false),
          new Role("nobody", Set.of("TREAT"), Set.of(), Map.of("*", Reveal.DENY), false)));

  private static final Call APPLICATION = call("mercy", "application");

  private final InMemoryKeys keys = new InMemoryKeys();
  private final RecordingAudit audit = new RecordingAudit();
  private final ProtectionEngine engine = new AuditedEngine(
      new PolicyEngine(
          () -> POLICY,
          keys,
          Protectors.create(FipsModule.start(), Ff1Engine.COMPOSED, CLOCK),
          EngineLimits.DEFAULT,
          Runnable::run),
      audit);

  private static Protection generalize(dev.phial.crypto.deid.Generalizer rule) {
    return new Protection.Generalize(rule, Unfit.REFUSE);
  }

  private static Element element(String name, Protection protection) {
    return new Element(name, Identifier.OTHER, protection, new Mask(1, 0, '*'));
  }

  private static Map<String, Element> elements(Element... elements) {
    return Arrays.stream(elements).collect(Collectors.toMap(Element::name, Function.identity()));
  }

  private static Map<String, Role> roles(Role... roles) {
    return Arrays.stream(roles).collect(Collectors.toMap(Role::name, Function.identity()));
  }

  private static Call call(String tenant, String role) {
    return new Call(
        new Caller(role + "@" + tenant, tenant, Set.of(role), Set.of("TREAT"), Caller.Method.JWT),
        "TREAT",
        "test",
        "r1");
  }

  private Outcome protect(Call call, String element, String value, Map<String, String> context) {
    ProtectItem item = new ProtectItem(
        element, PlainValue.ofText(value), context, ProtectItem.Operation.DEIDENTIFY);
    return engine.protect(call, List.of(item)).toCompletableFuture().join().get(0);
  }

  private Outcome protect(String element, String value) {
    return protect(APPLICATION, element, value, Map.of());
  }

  private String made(String element, String value) {
    return text(protect(element, value));
  }

  private static String text(Outcome outcome) {
    return ((Outcome.Protected) outcome).text();
  }

  private LocalDate shifted(String tenant, String element, String date, String patient) {
    return LocalDate.parse(
        text(protect(call(tenant, "application"), element, date, Map.of("patient", patient))));
  }

  private long days(String tenant, String element, String patient) {
    LocalDate date = LocalDate.of(1999, 12, 31);
    return ChronoUnit.DAYS.between(date, shifted(tenant, element, date.toString(), patient));
  }

  private Outcome reveal(String role, String element, String stored) {
    return engine
        .reveal(call("mercy", role), List.of(RevealItem.of(element, stored)))
        .toCompletableFuture()
        .join()
        .get(0);
  }

  private static Outcome.Refused refused(Outcome outcome) {
    return (Outcome.Refused) outcome;
  }

  @Test
  void the_days_between_two_dates_of_a_patient_stay() {
    Random random = new Random(7);
    for (int i = 0; i < 200; i++) {
      LocalDate born = LocalDate.of(1930 + random.nextInt(80), 1, 1).plusDays(random.nextInt(365));
      LocalDate seen = born.plusDays(random.nextInt(20_000));
      String patient = "p" + random.nextInt(50);

      long days = ChronoUnit.DAYS.between(
          shifted("mercy", "birth_date", born.toString(), patient),
          shifted("mercy", "visit_date", seen.toString(), patient));

      assertThat(days).isEqualTo(ChronoUnit.DAYS.between(born, seen));
    }
  }

  @Test
  void a_shift_moves_always_within_its_days_and_keeps_time_and_form() {
    Set<Long> seen = new HashSet<>();
    for (int patient = 0; patient < 300; patient++) {
      long days = days("mercy", "birth_date", "p" + patient);
      assertThat(days).isBetween(-(long) DAYS, (long) DAYS).isNotZero();
      seen.add(days);
    }
    assertThat(seen).hasSizeGreaterThan(150);
    Map<String, String> patient = Map.of("patient", "p1");
    assertThat(text(protect(APPLICATION, "visit_date", "2024-02-29T10:00:00+01:00", patient)))
        .matches("20\\d\\d-\\d\\d-\\d\\dT10:00:00\\+01:00");
    assertThat(text(protect(APPLICATION, "visit_date", "20240229103000", patient)))
        .matches("20\\d{6}103000");
  }

  /** Threat T9, for shifts and hashes: by their equality nobody joins what is to be kept apart. */
  @Test
  void tenants_patients_groups_and_contexts_are_apart() {
    List<String> of = new ArrayList<>();
    for (String tenant : List.of("mercy", "lakeside")) {
      for (String element : List.of("birth_date", "lab_date")) {
        StringBuilder amounts = new StringBuilder();
        for (int patient = 0; patient < 8; patient++) {
          amounts.append(days(tenant, element, "p" + patient)).append(' ');
        }
        of.add(amounts.toString());
      }
    }
    assertThat(of).doesNotHaveDuplicates();
    assertThat(List.of(of.get(0).split(" ")))
        .hasSizeGreaterThan(4)
        .satisfies(amounts -> assertThat(new HashSet<>(amounts)).hasSizeGreaterThan(5));
    StringBuilder plain = new StringBuilder();
    StringBuilder study = new StringBuilder();
    for (int patient = 0; patient < 8; patient++) {
      plain.append(
          text(protect(APPLICATION, "birth_date", "1999-12-31", Map.of("patient", "p" + patient))));
      study.append(text(protect(
          APPLICATION,
          "birth_date",
          "1999-12-31",
          Map.of("patient", "p" + patient, "study", "A7"))));
    }
    assertThat(plain.toString()).isNotEqualTo(study.toString());

    assertThat(List.of(
            made("mrn", "MC-0047812"),
            made("account", "MC-0047812"),
            text(protect(call("lakeside", "application"), "mrn", "MC-0047812", Map.of()))))
        .doesNotHaveDuplicates();
  }

  @Test
  void rotation_changes_neither_shifts_nor_hashes_and_a_retired_version_is_said() {
    long before = days("mercy", "birth_date", "p1");
    String hash = made("mrn", "MC-0047812");

    keys.rotate("mercy", KeyPurpose.TOKENIZE);

    assertThat(days("mercy", "birth_date", "p1")).isEqualTo(before);
    assertThat(days("mercy", "visit_date", "p1")).isEqualTo(before);
    assertThat(made("mrn", "MC-0047812")).isEqualTo(hash);
    // Used for the first time only now, and of the same group all the same.
    keys.retire("mercy", KeyPurpose.TOKENIZE, 1);
    assertThat(refused(protect(APPLICATION, "birth_date", "1999-12-31", Map.of("patient", "p1")))
            .code())
        .isEqualTo(RefusalCode.KEY_RETIRED);
    assertThat(refused(protect("mrn", "MC-0047812")).code()).isEqualTo(RefusalCode.KEY_RETIRED);
    assertThat(((Outcome.Protected) protect("account", "MC-0047812")).keyVersion())
        .isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "birth_year,1958-03-14,1958",
    "birth_year,1936-12-31,90+",
    "birth_year,1937-01-01,1937",
    "birth_year,90+,90+",
    "month,19580314,195803",
    "weight,72.5,75",
    "zip,02139-4307,021",
    "zip,03601,000",
    "ssn,536-27-8841,***-**-8841",
    "ssn,8841,****"
  })
  void values_are_made_coarser_and_then_stay_as_they_are(
      String element, String value, String made) {
    assertThat(made(element, value)).isEqualTo(made);
    Outcome.Protected again = (Outcome.Protected) protect(element, made);
    assertThat(again.text()).isEqualTo(made);
    assertThat(again.unchanged()).isTrue();
  }

  @Test
  void a_hash_stands_where_an_identifier_may_and_is_not_hashed_again() {
    String hash = made("mrn", "MC-0047812");

    assertThat(hash).matches("[A-Za-z0-9.-]{1,64}");
    assertThat(made("mrn", hash)).isEqualTo(hash);
  }

  @Test
  void a_value_that_does_not_fit_is_refused_or_removed_as_the_element_says() {
    assertThat(refused(protect("zip", "K1A 0B1")).message())
        .startsWith("element zip: generalize zip3-safe-harbor takes a US ZIP code");
    assertThat(protect("zip_or_none", "K1A 0B1")).isInstanceOf(Outcome.Withheld.class);
    assertThat(protect("photo", "iVBORw0KGgo=")).isInstanceOf(Outcome.Withheld.class);
    Map<String, String> patient = Map.of("patient", "p1");
    assertThat(refused(protect(APPLICATION, "birth_date", "1958-03", patient)).message())
        .startsWith("element birth_date: shift takes a whole date");
    assertThat(protect(APPLICATION, "visit_date", "1958", patient))
        .isInstanceOf(Outcome.Withheld.class);
  }

  @Test
  void a_date_without_its_patient_is_refused_even_where_unfit_ones_are_removed() {
    for (String element : List.of("birth_date", "visit_date")) {
      assertThat(refused(protect(element, "1958-03-14")).message())
          .contains("element " + element, "whose it is", "'patient'");
      assertThat(refused(protect(APPLICATION, element, "1958-03-14", Map.of("patient", "")))
              .code())
          .isEqualTo(RefusalCode.INVALID_VALUE);
    }
  }

  @Test
  void a_patient_whose_name_is_no_text_is_refused_alone() {
    List<ProtectItem> items = List.of(
        new ProtectItem(
            "birth_date",
            PlainValue.ofText("1958-03-14"),
            Map.of("patient", "p\ud800"),
            ProtectItem.Operation.DEIDENTIFY),
        new ProtectItem(
            "birth_date",
            PlainValue.ofText("1958-03-14"),
            Map.of("patient", "p1"),
            ProtectItem.Operation.DEIDENTIFY));
    List<Outcome> outcomes =
        engine.protect(APPLICATION, items).toCompletableFuture().join();

    assertThat(refused(outcomes.get(0)).message())
        .isEqualTo("element birth_date: its context holds an unpaired surrogate");
    assertThat(outcomes.get(1)).isInstanceOf(Outcome.Protected.class);
  }

  @Test
  void dates_at_the_ends_of_the_calendar_are_refused_when_they_would_leave_it() {
    Set<Boolean> refused = new HashSet<>();
    for (int patient = 0; patient < 40; patient++) {
      Outcome outcome =
          protect(APPLICATION, "birth_date", "9999-12-31", Map.of("patient", "p" + patient));
      refused.add(outcome instanceof Outcome.Refused);
    }
    assertThat(refused).containsExactlyInAnyOrder(true, false);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2023-02-29",
        "2024-13-01",
        "0000-01-01",
        "24-01-01",
        "31.12.1999",
        "99999-01-01",
        "1958-03-14 ",
        "\u0000",
        "1958\u20d003\u20d014",
        "٣٤٥٦٧",
        "000",
        "0210",
        "021394307x",
        "-1",
        "1e9",
        "NaN",
        "Robert'); DROP TABLE Patients;--"
      })
  void hostile_values_never_stand_in_messages_and_what_is_taken_has_the_rules_form(String value) {
    for (String name : POLICY.elements().keySet()) {
      Outcome outcome = protect(APPLICATION, name, value, Map.of("patient", "p1"));
      if (outcome instanceof Outcome.Refused refused) {
        assertThat(refused.code()).isEqualTo(RefusalCode.INVALID_VALUE);
        assertThat(refused.message()).startsWith("element " + name + ": ");
        if (value.length() > 4) {
          assertThat(refused.message()).doesNotContain(value.strip());
        }
      } else if (outcome instanceof Outcome.Protected && !name.equals("ssn")) {
        assertThat(text(outcome))
            .matches("hs1\\..{52}|\\d{3}|-?\\d+|\\d{4}-\\d\\d|\\d{4}-\\d\\d-\\d\\d|90\\+");
      }
    }
  }

  @Test
  void a_huge_value_and_bytes_that_are_no_text_are_answered() {
    String huge = "9".repeat(10_000_000);
    for (String name : List.of("birth_date", "zip", "weight", "month")) {
      assertThat(
              refused(protect(APPLICATION, name, huge, Map.of("patient", "p1"))).message())
          .hasSizeLessThan(400);
    }
    assertThat(made("mrn", huge)).hasSize(56);
    for (String name : List.of("birth_date", "zip", "ssn")) {
      ProtectItem item = ProtectItem.of(name, PlainValue.ofBytes(new byte[] {(byte) 0xC3, 0x28}));
      assertThat(refused(engine
                  .protect(APPLICATION, List.of(item))
                  .toCompletableFuture()
                  .join()
                  .get(0))
              .message())
          .isEqualTo("element " + name + ": its rule takes text in UTF-8");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "birth_date,1958-03-14",
    "birth_year,1958",
    "zip,021",
    "ssn,***-**-8841",
    "mrn,hs1.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  })
  void what_has_no_way_back_is_shown_as_it_is_stored_masked_or_not_at_all(
      String element, String stored) {
    for (String role : List.of("clinician", "researcher")) {
      Outcome.Revealed shown = (Outcome.Revealed) reveal(role, element, stored);
      assertThat(shown.value().text()).isEqualTo(stored);
      assertThat(shown.form()).isEqualTo(Outcome.RevealForm.TOKEN);
    }
    assertThat(((Outcome.Revealed) reveal("support", element, stored)).value().text())
        .isNotEqualTo(stored);
    assertThat(reveal("nobody", element, stored)).isInstanceOf(Outcome.Withheld.class);
  }

  @Test
  void what_was_stored_before_the_gateway_came_is_made_coarser_for_who_may_not_see_it() {
    assertThat(((Outcome.Revealed) reveal("researcher", "birth_year", "1958-03-14"))
            .value()
            .text())
        .isEqualTo("1958");
    assertThat(((Outcome.Revealed) reveal("researcher", "mrn", "MC-0047812"))
            .value()
            .text())
        .isEqualTo(made("mrn", "MC-0047812"));
    Outcome.Revealed seen = (Outcome.Revealed) reveal("clinician", "birth_year", "1958-03-14");
    assertThat(seen.form()).isEqualTo(Outcome.RevealForm.UNPROTECTED);
    assertThat(reveal("researcher", "birth_date", "March 1958"))
        .isInstanceOf(Outcome.Withheld.class);
    assertThat(reveal("researcher", "zip", "K1A 0B1")).isInstanceOf(Outcome.Withheld.class);
  }

  @Test
  void the_audit_counts_values_and_holds_none() {
    var unused = protect(APPLICATION, "birth_date", "1958-03-14", Map.of("patient", "MC-0047812"));

    assertThat(audit.events().toString())
        .contains("birth_date", "protected")
        .doesNotContain("1958-03-14", "MC-0047812");
  }
}
