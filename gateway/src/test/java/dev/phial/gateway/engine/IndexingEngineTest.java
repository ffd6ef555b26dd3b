package dev.phial.gateway.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.fpe.Ff1Engine;
import dev.phial.crypto.index.IndexRule;
import dev.phial.crypto.index.Normalizer;
import dev.phial.crypto.key.KeyPurpose;
import dev.phial.gateway.identity.Call;
import dev.phial.gateway.identity.Caller;
import dev.phial.gateway.policy.Element;
import dev.phial.gateway.policy.Identifier;
import dev.phial.gateway.policy.Mask;
import dev.phial.gateway.policy.Policy;
import dev.phial.gateway.policy.Protection;
import dev.phial.gateway.policy.Protection.SealedForm;
import dev.phial.gateway.policy.Reveal;
import dev.phial.gateway.policy.Role;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IndexingEngineTest {
  private static final int BITS = 16;

  private static final Policy POLICY = new Policy(
      "digest",
      Arrays.stream(new Element[] {
            element("exact", Optional.of(IndexRule.EXACT)),
            element(
                "family_name",
                Optional.of(new IndexRule(
                    Set.of(Normalizer.CASE, Normalizer.ACCENTS, Normalizer.SPACES), 64))),
            element("phone", Optional.of(new IndexRule(Set.of(Normalizer.DIGITS), IndexRule.ALL))),
            element("coarse", Optional.of(new IndexRule(Set.of(), BITS))),
            element("plain", Optional.empty())
          })
          .collect(Collectors.toMap(Element::name, Function.identity())),
      List.of(),
      Map.of(
          "application",
          new Role("application", Set.of("TREAT"), Set.of("*"), Map.of(), false),
          "clinician",
          new Role("clinician", Set.of("TREAT"), Set.of(), Map.of("*", Reveal.PLAINTEXT), false)));

  private final InMemoryKeys keys = new InMemoryKeys();
  private final RecordingAudit audit = new RecordingAudit();
  private final FipsModule module = FipsModule.start();
  private final ProtectionEngine engine = new AuditedEngine(
      new PolicyEngine(
          () -> POLICY,
          keys,
          Protectors.create(module, Ff1Engine.COMPOSED, Clock.systemUTC()),
          EngineLimits.DEFAULT,
          Runnable::run),
      audit);
  private final RecordEngine records =
      new PolicyRecords(() -> POLICY, keys, module, EngineLimits.DEFAULT, Runnable::run);

  private static Element element(String name, Optional<IndexRule> index) {
    return new Element(
        name, Identifier.OTHER, new Protection.Encrypt(SealedForm.TEXT, index), Mask.ALL);
  }

  private static Call call(String tenant, String role) {
    return new Call(
        new Caller(role + "@" + tenant, tenant, Set.of(role), Set.of("TREAT"), Caller.Method.JWT),
        "TREAT",
        "test",
        "r1");
  }

  private static final Call APPLICATION = call("mercy", "application");

  private Outcome index(Call call, String element, PlainValue value) {
    return engine
        .index(call, List.of(ProtectItem.of(element, value)))
        .toCompletableFuture()
        .join()
        .get(0);
  }

  private List<String> digests(String tenant, String element, String value) {
    Outcome outcome = index(call(tenant, "application"), element, PlainValue.ofText(value));
    return ((Outcome.Indexed) outcome).digests();
  }

  private List<String> digests(String element, String value) {
    return digests("mercy", element, value);
  }

  private String stored(String element, String value) {
    return ((Outcome.Protected) engine
            .protect(APPLICATION, List.of(ProtectItem.of(element, PlainValue.ofText(value))))
            .toCompletableFuture()
            .join()
            .get(0))
        .index();
  }

  @Test
  void a_search_finds_what_was_stored_and_what_the_rule_does_not_tell_apart() {
    assertThat(digests("exact", "Achterberg")).containsExactly(stored("exact", "Achterberg"));
    assertThat(digests("exact", "achterberg")).isNotEqualTo(digests("exact", "Achterberg"));
    String stored = stored("family_name", "Müller  Groß");
    for (String other : List.of("MULLER GROSS", "müllergroß", "Mu\u0308ller Gross")) {
      assertThat(digests("family_name", other)).containsExactly(stored);
    }
    assertThat(digests("phone", "(555) 010-9999")).isEqualTo(digests("phone", "5550109999"));
  }

  @Test
  void the_digest_of_a_record_s_field_is_that_of_the_value() {
    PlainRecord record = new PlainRecord(
        "patient", Map.of("family_name", PlainValue.ofText("ACHTERBERG")), Map.of());
    RecordOutcome.Sealed sealed = (RecordOutcome.Sealed)
        records.protectRecord(APPLICATION, record).toCompletableFuture().join();

    assertThat(digests("family_name", "achterberg"))
        .containsExactly(sealed.indexes().get("family_name"));
  }

  @Test
  void tenants_and_elements_are_apart() {
    Set<String> digests = new HashSet<>();
    for (String tenant : List.of("mercy", "lakeside")) {
      for (String element : List.of("exact", "family_name", "phone", "coarse")) {
        digests.addAll(digests(tenant, element, "5550109999"));
      }
    }
    assertThat(digests).hasSize(8);
  }

  @Test
  void after_a_rotation_older_rows_are_found_until_their_version_is_retired() {
    String before = stored("exact", "Achterberg");
    keys.rotate("mercy", KeyPurpose.INDEX);
    String after = stored("exact", "Achterberg");

    assertThat(digests("exact", "Achterberg")).containsExactly(after, before);
    keys.retire("mercy", KeyPurpose.INDEX, 1);
    assertThat(digests("exact", "Achterberg")).containsExactly(after);
  }

  @Test
  void truncated_digests_collide_about_as_often_as_is_said() {
    int values = 2_000;
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < values; i++) {
      seen.addAll(digests("coarse", "value " + i));
    }
    double collisions = values - seen.size();
    double expected = values * (values - 1) / 2.0 / (1 << BITS);
    assertThat(collisions).isBetween(expected / 3, expected * 3);
  }

  @Test
  void what_the_index_ignores_altogether_is_not_to_be_found() {
    assertThat(digests("phone", "none")).isEmpty();
    assertThat(stored("phone", "none")).isEmpty();
  }

  @Test
  void bytes_that_are_no_text_are_refused_where_texts_are_compared() {
    PlainValue bytes = PlainValue.ofBytes(new byte[] {(byte) 0xC3, 0x28});

    assertThat(index(APPLICATION, "exact", bytes)).isInstanceOf(Outcome.Indexed.class);
    assertThat(((Outcome.Refused) index(APPLICATION, "family_name", bytes)).message())
        .isEqualTo("element family_name: " + Indexing.NOT_TEXT);
    Outcome sealed = engine
        .protect(APPLICATION, List.of(ProtectItem.of("family_name", bytes)))
        .toCompletableFuture()
        .join()
        .get(0);
    assertThat(((Outcome.Refused) sealed).code()).isEqualTo(RefusalCode.INVALID_VALUE);
    PlainRecord record = new PlainRecord("patient", Map.of("family_name", bytes), Map.of());
    assertThatThrownBy(() ->
            records.protectRecord(APPLICATION, record).toCompletableFuture().join())
        .isInstanceOf(CompletionException.class)
        .hasMessageContaining("element family_name: its index");
  }

  @Test
  void an_element_without_an_index_or_a_right_is_refused() {
    PlainValue value = PlainValue.ofText("Achterberg");

    assertThat(((Outcome.Refused) index(APPLICATION, "plain", value)).message())
        .isEqualTo("element plain has no index in the policy; it needs encrypt: { index: ... }");
    assertThat(((Outcome.Refused) index(call("mercy", "clinician"), "exact", value)).code())
        .isEqualTo(RefusalCode.PERMISSION_DENIED);
    assertThat(((Outcome.Refused) index(APPLICATION, "nome", value)).code())
        .isEqualTo(RefusalCode.UNKNOWN_ELEMENT);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5_000_000})
  void values_of_any_size_are_digested(int size) {
    byte[] value = "x".repeat(size).getBytes(StandardCharsets.UTF_8);

    Outcome.Indexed indexed =
        (Outcome.Indexed) index(APPLICATION, "exact", PlainValue.ofBytes(value));

    assertThat(indexed.digests()).hasSize(1).allMatch(digest -> digest.length() == 47);
  }

  @Test
  void a_search_is_in_the_audit_log_before_it_is_answered() {
    var unused = digests("exact", "Achterberg");

    assertThat(audit.events()).last().satisfies(event -> {
      assertThat(event.action()).isEqualTo("index");
      assertThat(event.toString()).contains("exact", "indexed").doesNotContain("Achterberg");
    });
    audit.fail(true);
    assertThatThrownBy(() -> digests("exact", "Achterberg"))
        .isInstanceOf(CompletionException.class)
        .hasMessageContaining("the audit log cannot be written");
  }
}
