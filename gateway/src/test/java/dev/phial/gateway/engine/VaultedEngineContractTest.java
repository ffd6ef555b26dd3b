package dev.phial.gateway.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.fpe.Ff1Engine;
import dev.phial.crypto.key.KeyPurpose;
import dev.phial.crypto.token.Marking;
import dev.phial.crypto.token.RandomTokens;
import dev.phial.crypto.token.TokenFormat;
import dev.phial.gateway.identity.Call;
import dev.phial.gateway.identity.Caller;
import dev.phial.gateway.policy.Element;
import dev.phial.gateway.policy.Identifier;
import dev.phial.gateway.policy.Mask;
import dev.phial.gateway.policy.Policy;
import dev.phial.gateway.policy.Protection.TokenUse;
import dev.phial.gateway.policy.Protection.Vaulted;
import dev.phial.gateway.policy.Reveal;
import dev.phial.gateway.policy.Role;
import dev.phial.gateway.store.SqlStore;
import dev.phial.gateway.store.TokenState;
import dev.phial.gateway.store.TokenStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Vaulted tokens through the engine, on every store. */
@Timeout(180)
abstract class VaultedEngineContractTest {
  private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);

  private static final Policy POLICY = new Policy(
      "digest",
      elements(
          element("mrn", vaulted("digits:9", TokenUse.CONSISTENT, Optional.empty())),
          element("account", vaulted("digits:9", TokenUse.CONSISTENT, Optional.empty())),
          element("zip", vaulted("digits:5", TokenUse.UNIQUE, Optional.of(HOUR))),
          element("code", vaulted("digits:4", TokenUse.UNIQUE, Optional.empty())),
          element("visit", vaulted("digits:9", TokenUse.CONSISTENT, Optional.of(HOUR))),
          element("note", vaulted("opaque", TokenUse.CONSISTENT, Optional.empty()))),
      List.of(),
      roles(
          new Role("application", Set.of("TREAT"), Set.of("*"), Map.of(), false),
          new Role("clinician", Set.of("TREAT"), Set.of(), Map.of("*", Reveal.PLAINTEXT), false),
          new Role("partner", Set.of("TREAT"), Set.of(), Map.of("*", Reveal.TOKEN), false)));

  private static final Call APPLICATION = call("mercy", "application");
  private static final Call CLINICIAN = call("mercy", "clinician");

  private final FipsModule module = FipsModule.start();
  private final InMemoryKeys keys = new InMemoryKeys();
  private final RecordingAudit audit = new RecordingAudit();
  private final AtomicReference<Instant> now = new AtomicReference<>(NOW);

  private Optional<SqlStore> store = Optional.empty();
  private Optional<ProtectionEngine> engine = Optional.empty();

  /** A new, empty store. Closed by this class. */
  abstract SqlStore open();

  @BeforeEach
  void start() {
    store = Optional.of(open());
    engine = Optional.of(engine(module.random()));
  }

  @AfterEach
  void stop() {
    store.ifPresent(SqlStore::close);
  }

  private ProtectionEngine engine(SecureRandom random) {
    VaultedTools tools =
        VaultedTools.of(module, store().tokens(), random, now::get, ForkJoinPool.commonPool());
    return new AuditedEngine(
        new PolicyEngine(
            () -> POLICY,
            keys,
            Protectors.create(module, Ff1Engine.COMPOSED, Clock.fixed(NOW, ZoneOffset.UTC), tools),
            EngineLimits.DEFAULT,
            Runnable::run),
        audit);
  }

  private SqlStore store() {
    return store.orElseThrow();
  }

  private static Map<String, Element> elements(Element... elements) {
    return Arrays.stream(elements).collect(Collectors.toMap(Element::name, e -> e));
  }

  private static Map<String, Role> roles(Role... roles) {
    return Arrays.stream(roles).collect(Collectors.toMap(Role::name, r -> r));
  }

  private static Element element(String name, Vaulted rule) {
    return new Element(name, Identifier.OTHER, rule, Mask.ALL);
  }

  private static Vaulted vaulted(String format, TokenUse use, Optional<Duration> ttl) {
    return new Vaulted(
        format.equals("opaque")
            ? Optional.empty()
            : Optional.of(TokenFormat.parse(format, Marking.MARKED)),
        use,
        ttl);
  }

  private static Call call(String tenant, String role) {
    return new Call(
        new Caller(role, tenant, Set.of(role), Set.of("TREAT"), Caller.Method.JWT),
        "TREAT",
        "test",
        "request-1");
  }

  private static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e.getCause() == null ? e : e.getCause());
    }
  }

  private static ProtectItem item(String element, String value) {
    return ProtectItem.of(element, PlainValue.ofText(value));
  }

  private List<Outcome> protect(ProtectionEngine by, Call call, ProtectItem... items) {
    return await(by.protect(call, List.of(items)));
  }

  private String token(String element, String value) {
    return token(APPLICATION, element, value);
  }

  private String token(Call call, String element, String value) {
    return ((Outcome.Protected)
            protect(engine.orElseThrow(), call, item(element, value)).get(0))
        .text();
  }

  private Outcome reveal(Call call, String element, String token) {
    return await(engine.orElseThrow().reveal(call, List.of(RevealItem.of(element, token))))
        .get(0);
  }

  private static Outcome plaintext(String value) {
    return new Outcome.Revealed(PlainValue.ofText(value), Outcome.RevealForm.PLAINTEXT);
  }

  private static RefusalCode refusal(Outcome outcome) {
    return ((Outcome.Refused) outcome).code();
  }

  @Test
  void a_token_has_the_format_of_its_value_and_opens_to_it() {
    String token = token("mrn", "123456789");
    assertThat(token).matches("[0-9]{9}").isNotEqualTo("123456789");
    assertThat(reveal(CLINICIAN, "mrn", token)).isEqualTo(plaintext("123456789"));
    assertThat(reveal(call("mercy", "partner"), "mrn", token))
        .isEqualTo(new Outcome.Revealed(PlainValue.ofText(token), Outcome.RevealForm.TOKEN));
  }

  @Test
  void a_consistent_token_is_the_same_for_the_same_value_tenant_element_and_context() {
    String token = token("mrn", "123456789");
    assertThat(token("mrn", "123456789")).isEqualTo(token);
    assertThat(token("account", "123456789")).isNotEqualTo(token);
    assertThat(token(call("grace", "application"), "mrn", "123456789")).isNotEqualTo(token);
    ProtectItem elsewhere = new ProtectItem(
        "mrn",
        PlainValue.ofText("123456789"),
        Map.of("study", "s1"),
        ProtectItem.Operation.TOKENIZE);
    Outcome other = protect(engine.orElseThrow(), APPLICATION, elsewhere).get(0);
    assertThat(((Outcome.Protected) other).text()).isNotEqualTo(token);
    assertThat(refusal(reveal(CLINICIAN, "mrn", ((Outcome.Protected) other).text())))
        .isEqualTo(RefusalCode.NOT_AUTHENTIC);
  }

  @Test
  void equal_values_of_one_batch_and_of_racing_batches_have_one_token() {
    ProtectItem[] twice = {
      item("mrn", "111111111"), item("mrn", "222222222"), item("mrn", "111111111")
    };
    List<CompletableFuture<List<Outcome>>> racing = IntStream.range(0, 16)
        .mapToObj(
            i -> engine.orElseThrow().protect(APPLICATION, List.of(twice)).toCompletableFuture())
        .toList();
    Set<String> tokens = new HashSet<>();
    for (CompletableFuture<List<Outcome>> one : racing) {
      List<Outcome> outcomes = await(one);
      assertThat(outcomes.get(0)).isEqualTo(outcomes.get(2));
      outcomes.forEach(outcome -> tokens.add(((Outcome.Protected) outcome).text()));
    }
    assertThat(tokens).hasSize(2);
  }

  @Test
  void a_unique_token_is_another_each_time() {
    String first = token("zip", "02139");
    String second = token("zip", "02139");
    assertThat(first).isNotEqualTo(second);
    assertThat(reveal(CLINICIAN, "zip", first)).isEqualTo(plaintext("02139"));
    assertThat(reveal(CLINICIAN, "zip", second)).isEqualTo(plaintext("02139"));
  }

  @Test
  void an_opaque_token_stands_for_any_value_and_is_left_when_it_comes_again() {
    String token = token("note", "a free text, \u00fcber 9 characters");
    assertThat(RandomTokens.looksOpaque(token)).isTrue();
    assertThat(reveal(CLINICIAN, "note", token))
        .isEqualTo(plaintext("a free text, \u00fcber 9 characters"));
    Outcome again =
        protect(engine.orElseThrow(), APPLICATION, item("note", token)).get(0);
    assertThat(again).isInstanceOfSatisfying(Outcome.Protected.class, kept -> {
      assertThat(kept.text()).isEqualTo(token);
      assertThat(kept.unchanged()).isTrue();
    });
    Outcome foreign = protect(
            engine.orElseThrow(), call("grace", "application"), item("note", token))
        .get(0);
    assertThat(refusal(foreign)).isEqualTo(RefusalCode.INVALID_VALUE);
    assertThat(reveal(CLINICIAN, "note", "never protected"))
        .isEqualTo(new Outcome.Revealed(
            PlainValue.ofText("never protected"), Outcome.RevealForm.UNPROTECTED));
  }

  @Test
  void bytes_that_are_no_text_have_opaque_tokens_only() {
    PlainValue bytes = PlainValue.ofBytes(new byte[] {(byte) 0xff, 0});
    ProtectItem note = new ProtectItem("note", bytes, Map.of(), ProtectItem.Operation.AS_POLICY);
    String token =
        ((Outcome.Protected) protect(engine.orElseThrow(), APPLICATION, note).get(0)).text();
    assertThat(reveal(CLINICIAN, "note", token))
        .isEqualTo(new Outcome.Revealed(bytes, Outcome.RevealForm.PLAINTEXT));
    ProtectItem mrn = new ProtectItem("mrn", bytes, Map.of(), ProtectItem.Operation.AS_POLICY);
    assertThat(refusal(protect(engine.orElseThrow(), APPLICATION, mrn).get(0)))
        .isEqualTo(RefusalCode.INVALID_VALUE);
  }

  /** Threat T12. */
  @Test
  void a_token_of_another_tenant_is_as_unknown_as_one_that_nobody_made() {
    Call stranger = call("grace", "clinician");
    for (int i = 0; i < 200; i++) {
      String token = token("mrn", String.format("%09d", 100_000_000 + i));
      assertThat(reveal(stranger, "mrn", token)).isEqualTo(reveal(stranger, "mrn", "000000000"));
      assertThat(refusal(reveal(stranger, "mrn", token))).isEqualTo(RefusalCode.NOT_AUTHENTIC);
    }
  }

  @Test
  void an_item_that_cannot_be_is_refused_alone() {
    List<Outcome> outcomes = protect(
        engine.orElseThrow(),
        APPLICATION,
        item("mrn", "12"),
        item("mrn", "123456789"),
        item("nothing", "1"));
    assertThat(refusal(outcomes.get(0))).isEqualTo(RefusalCode.INVALID_VALUE);
    assertThat(((Outcome.Refused) outcomes.get(0)).message()).startsWith("element mrn: ");
    assertThat(outcomes.get(1)).isInstanceOf(Outcome.Protected.class);
    String good = ((Outcome.Protected) outcomes.get(1)).text();
    List<Outcome> revealed = await(engine
        .orElseThrow()
        .reveal(
            CLINICIAN,
            List.of(
                RevealItem.of("mrn", "x\u0000y"),
                RevealItem.of("mrn", ""),
                RevealItem.of("mrn", "1".repeat(5_000)),
                RevealItem.of("mrn", good))));
    assertThat(revealed.subList(0, 3)).allMatch(o -> refusal(o) == RefusalCode.NOT_AUTHENTIC);
    assertThat(revealed.get(3)).isEqualTo(plaintext("123456789"));
  }

  @Test
  void a_token_opens_until_its_time_has_come_and_then_its_value_gets_another() {
    String token = token("visit", "123456789");
    now.set(NOW.plus(HOUR).minusMillis(1));
    assertThat(token("visit", "123456789")).isEqualTo(token);
    assertThat(reveal(CLINICIAN, "visit", token)).isEqualTo(plaintext("123456789"));
    now.set(NOW.plus(HOUR));
    assertThat(refusal(reveal(CLINICIAN, "visit", token))).isEqualTo(RefusalCode.TOKEN_RETIRED);
    String next = token("visit", "123456789");
    assertThat(next).isNotEqualTo(token);
    assertThat(reveal(CLINICIAN, "visit", next)).isEqualTo(plaintext("123456789"));
    assertThat(refusal(reveal(CLINICIAN, "visit", token))).isEqualTo(RefusalCode.TOKEN_RETIRED);
  }

  @Test
  void a_disabled_token_opens_again_when_enabled_and_a_deleted_one_never() {
    String token = token("mrn", "123456789");
    change(token, TokenState.DISABLED);
    assertThat(refusal(reveal(CLINICIAN, "mrn", token))).isEqualTo(RefusalCode.TOKEN_RETIRED);
    assertThat(token("mrn", "123456789")).isEqualTo(token);
    change(token, TokenState.ENABLED);
    assertThat(reveal(CLINICIAN, "mrn", token)).isEqualTo(plaintext("123456789"));
    change(token, TokenState.DELETED);
    assertThat(refusal(reveal(CLINICIAN, "mrn", token))).isEqualTo(RefusalCode.TOKEN_RETIRED);
    assertThat(token("mrn", "123456789")).isNotEqualTo(token);
  }

  private void change(String token, TokenState state) {
    await(store().tokens().change("mercy", "mrn", List.of(token), state));
  }

  @Test
  void a_rotation_changes_no_token_and_old_values_open_and_are_renewed() {
    String token = token("mrn", "123456789");
    keys.rotate("mercy", KeyPurpose.ENCRYPT);
    keys.rotate("mercy", KeyPurpose.TOKENIZE);
    assertThat(token("mrn", "123456789")).isEqualTo(token);
    assertThat(reveal(CLINICIAN, "mrn", token)).isEqualTo(plaintext("123456789"));
    assertThat(renew(token)).isEqualTo(new Outcome.Protected(token, 2, "", false));
    assertThat(renew(token)).isEqualTo(new Outcome.Protected(token, 2, "", true));
    keys.retire("mercy", KeyPurpose.ENCRYPT, 1);
    assertThat(reveal(CLINICIAN, "mrn", token)).isEqualTo(plaintext("123456789"));
    assertThat(renewalOf("999999999")).isEqualTo(RefusalCode.NOT_AUTHENTIC);
  }

  private Outcome renew(String token) {
    return await(engine.orElseThrow().renew(APPLICATION, List.of(RevealItem.of("mrn", token))))
        .get(0);
  }

  private RefusalCode renewalOf(String token) {
    return refusal(renew(token));
  }

  @Test
  void a_value_under_a_retired_key_opens_for_nobody() {
    String token = token("mrn", "123456789");
    keys.rotate("mercy", KeyPurpose.ENCRYPT);
    keys.retire("mercy", KeyPurpose.ENCRYPT, 1);
    assertThat(refusal(reveal(CLINICIAN, "mrn", token))).isEqualTo(RefusalCode.KEY_RETIRED);
  }

  @Test
  void a_row_that_was_moved_to_another_token_does_not_open() {
    String one = token("mrn", "111111111");
    String other = token("mrn", "222222222");
    var rows = await(store().tokens().byToken("mercy", "mrn", List.of(one, other)));
    await(store()
        .tokens()
        .reseal(List.of(new TokenStore.Resealed(rows.get(0), rows.get(1).sealed(), 1))));
    assertThat(refusal(reveal(CLINICIAN, "mrn", rows.get(0).token())))
        .isEqualTo(RefusalCode.NOT_AUTHENTIC);
    assertThat(reveal(CLINICIAN, "mrn", rows.get(1).token())).isInstanceOf(Outcome.Revealed.class);
  }

  /** Threat T11: a generator that repeats itself makes a token that is taken; another is drawn, eight times, and no more. */
  @Test
  void a_taken_token_is_drawn_again_and_eight_times_at_most() {
    CountingZeros zeros = new CountingZeros(Integer.MAX_VALUE);
    ProtectionEngine stuck = engine(zeros);
    assertThat(protect(stuck, APPLICATION, item("code", "1234")).get(0))
        .isEqualTo(new Outcome.Protected("0000", 1, "", false));
    int before = zeros.draws.get();
    Outcome refused = protect(stuck, APPLICATION, item("code", "1234")).get(0);
    assertThat(refusal(refused)).isEqualTo(RefusalCode.INVALID_VALUE);
    assertThat(((Outcome.Refused) refused).message())
        .contains("element code", "no free token was found in 8 draws", "longer format")
        .doesNotContain("1234");
    assertThat(zeros.draws.get() - before).isEqualTo(8);
  }

  @Test
  void a_collision_is_got_over_and_touches_no_other_value() {
    ProtectionEngine unlucky = engine(new CountingZeros(9));
    List<Outcome> outcomes = protect(
        unlucky,
        APPLICATION,
        IntStream.range(0, 8).mapToObj(i -> item("code", "100" + i)).toArray(ProtectItem[]::new));
    Set<String> tokens = new HashSet<>();
    for (int i = 0; i < 8; i++) {
      String token = ((Outcome.Protected) outcomes.get(i)).text();
      tokens.add(token);
      assertThat(reveal(CLINICIAN, "code", token)).isEqualTo(plaintext("100" + i));
    }
    assertThat(tokens).hasSize(8).contains("0000");
  }

  @Test
  void a_batch_of_thousands_comes_back_in_order() {
    ProtectItem[] items = IntStream.range(0, 3_000)
        .mapToObj(i -> item("mrn", String.format("%09d", 500_000_000 + i % 2_000)))
        .toArray(ProtectItem[]::new);
    List<Outcome> tokens = protect(engine.orElseThrow(), APPLICATION, items);
    List<Outcome> values = await(engine
        .orElseThrow()
        .reveal(
            CLINICIAN,
            tokens.stream()
                .map(o -> RevealItem.of("mrn", ((Outcome.Protected) o).text()))
                .toList()));
    for (int i = 0; i < items.length; i++) {
      assertThat(values.get(i)).isEqualTo(plaintext(items[i].value().text()));
    }
  }

  @Test
  void a_store_that_is_away_refuses_the_call_and_says_so() {
    store().close();
    assertThatThrownBy(() -> token("mrn", "123456789"))
        .cause()
        .isInstanceOfSatisfying(
            EngineException.class,
            refused -> assertThat(refused.code()).isEqualTo(RefusalCode.STORE_UNAVAILABLE))
        .hasMessageContaining("the store")
        .hasMessageNotContaining("123456789");
    assertThat(audit.events().get(audit.events().size() - 1).outcome())
        .isEqualTo("store_unavailable");
  }

  /** Draws zeros, so many times, and then as it should. */
  private static final class CountingZeros extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final AtomicInteger draws = new AtomicInteger();
    private final int zeros;

    CountingZeros(int zeros) {
      this.zeros = zeros;
    }

    @Override
    public void nextBytes(byte[] bytes) {
      if (draws.getAndIncrement() < zeros) {
        Arrays.fill(bytes, (byte) 0);
      } else {
        super.nextBytes(bytes);
      }
    }
  }
}
