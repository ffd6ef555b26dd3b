package dev.phial.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.key.KeyPurpose;
import dev.phial.gateway.admin.DestructionOperations.Target;
import dev.phial.gateway.admin.DestructionOperations.Terms;
import dev.phial.gateway.admin.DestructionPlan.Dependent;
import dev.phial.gateway.admin.DestructionPlan.Kind;
import dev.phial.gateway.audit.AuditEvent;
import dev.phial.gateway.engine.EngineException;
import dev.phial.gateway.engine.RecordingAudit;
import dev.phial.gateway.engine.RefusalCode;
import dev.phial.gateway.evidence.Evidence;
import dev.phial.gateway.evidence.StatementKind;
import dev.phial.gateway.evidence.StatementVerifier;
import dev.phial.gateway.evidence.Verdict;
import dev.phial.gateway.identity.Call;
import dev.phial.gateway.identity.Caller;
import dev.phial.gateway.keys.DestructionRules;
import dev.phial.gateway.keys.KeyCare;
import dev.phial.gateway.keys.KeyLimits;
import dev.phial.gateway.keys.KeysetView;
import dev.phial.gateway.keys.Keysets;
import dev.phial.gateway.policy.Policy;
import dev.phial.gateway.policy.Role;
import dev.phial.gateway.store.Destruction;
import dev.phial.gateway.store.Rotated;
import dev.phial.gateway.store.SqlStore;
import dev.phial.gateway.store.StoredKeyset;
import dev.phial.gateway.store.StoredToken;
import dev.phial.gateway.store.StoredVersion;
import dev.phial.gateway.store.TokenState;
import dev.phial.gateway.store.VersionState;
import dev.phial.kms.KekRef;
import dev.phial.kms.KekVersion;
import dev.phial.kms.WrappedKey;
import dev.phial.kms.testkit.InMemoryKms;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The end of keys as a security team has it: real keysets in a real store, and the audit log. */
class AuditedDestructionOperationsTest {
  private static final KekRef KEK = new KekRef("memory", "default");
  private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");
  private static final Policy POLICY = new Policy(
      "digest",
      Map.of(),
      List.of(),
      Map.of("officer", new Role("officer", Set.of(), Set.of(), Map.of(), true)));
  private static final Target ENCRYPT = new Target("mercy", KeyPurpose.ENCRYPT);
  private static final Target TOKENIZE = new Target("mercy", KeyPurpose.TOKENIZE);
  private static final Terms USUAL = new Terms(Optional.empty(), false, false);
  private static final Terms AT_ONCE = new Terms(Optional.of(Duration.ZERO), false, false);

  private final FipsModule module = FipsModule.start();
  private final RecordingAudit audit = new RecordingAudit();
  private final AtomicReference<Instant> now = new AtomicReference<>(NOW);

  @TempDir
  Path folder = Path.of("");

  @SuppressWarnings("NullAway.Init")
  private SqlStore store;

  @SuppressWarnings("NullAway.Init")
  private Keysets keys;

  @SuppressWarnings("NullAway.Init")
  private Evidence evidence;

  @BeforeEach
  void open() {
    store = SqlStore.sqlite(folder.resolve("phial.db"), now::get);
    keys = new Keysets(
        store,
        Map.of("memory", InMemoryKms.with(KEK)),
        KEK,
        new SecureRandom(),
        now::get,
        new KeyCare(KeyLimits.DEFAULTS, new AuditedKeyEvents(audit), System::nanoTime));
    evidence = Evidence.openOrCreate(
        folder.resolve("evidence/signing.jwk"), module, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  @AfterEach
  void close() {
    keys.close();
    store.close();
  }

  private DestructionOperations operations(DestructionRules rules) {
    return new AuditedDestructionOperations(
        new AuditedDestructionOperations.Ground(keys, keys, keys, store.tokens()),
        rules,
        new DestructionReceipts(keys, evidence),
        new AuditedAdministration(() -> POLICY, audit),
        now::get);
  }

  private DestructionOperations usual() {
    return operations(DestructionRules.DEFAULTS);
  }

  private DestructionOperations hasty() {
    return operations(new DestructionRules(Duration.ofDays(30), Duration.ZERO));
  }

  private static Call call(String role) {
    return new Call(
        new Caller(role, "mercy", Set.of(role), Set.of(), Caller.Method.MTLS), "", "admin", "r1");
  }

  private static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private static void assertRefused(
      CompletionStage<?> stage, RefusalCode code, String... fragments) {
    assertThatThrownBy(() -> stage.toCompletableFuture().join())
        .cause()
        .isInstanceOfSatisfying(EngineException.class, e -> {
          assertThat(e.code()).isEqualTo(code);
          assertThat(List.of(fragments))
              .allSatisfy(part -> assertThat(e.getMessage()).contains(part));
        });
  }

  private void rotate(Target keyset, int times) throws Exception {
    for (int i = 0; i < times; i++) {
      await(keys.rotate(keyset.tenant(), keyset.purpose()));
    }
  }

  private void vaulted(String token, int version) throws Exception {
    await(store
        .tokens()
        .insert(
            List.of(new StoredToken(
                "mercy",
                "mrn",
                token,
                Optional.empty(),
                "sealed",
                version,
                TokenState.ENABLED,
                NOW,
                Optional.empty())),
            NOW));
  }

  private AuditEvent last() {
    List<AuditEvent> events = audit.events();
    return events.get(events.size() - 1);
  }

  @Test
  void an_officer_orders_a_destruction_and_the_record_says_what_and_when() throws Exception {
    rotate(ENCRYPT, 2);
    DestructionPlan plan = await(usual().schedule(call("officer"), ENCRYPT, 1, USUAL));

    assertThat(plan.versions()).containsExactly(1);
    assertThat(plan.due()).isEqualTo(NOW.plus(Duration.ofDays(30)));
    assertThat(last().action()).isEqualTo("schedule_destruction");
    assertThat(last().details())
        .containsEntry("key_tenant", "mercy")
        .containsEntry("key_versions", "1")
        .containsEntry("asked_by", "officer")
        .containsEntry("due", "2026-12-27T12:00:00Z")
        .containsEntry("waiting_s", "2592000")
        .doesNotContainKey("waiting_shortened");
  }

  @Test
  void nobody_else_destroys_cancels_trims_or_gets_a_receipt() throws Exception {
    rotate(ENCRYPT, 2);
    Call clinician = call("clinician");
    assertRefused(usual().schedule(clinician, ENCRYPT, 1, USUAL), RefusalCode.PERMISSION_DENIED);
    assertRefused(usual().cancel(clinician, ENCRYPT, 1), RefusalCode.PERMISSION_DENIED);
    assertRefused(usual().trim(clinician, ENCRYPT, 2, USUAL), RefusalCode.PERMISSION_DENIED);
    assertRefused(
        usual().receipt(clinician, "mercy", Optional.empty()), RefusalCode.PERMISSION_DENIED);

    assertThat(await(keys.list(Optional.empty())).get(0).versions())
        .allMatch(version -> version.state() == KeysetView.State.ENABLED);
    assertThat(audit.events()).extracting(AuditEvent::outcome).containsOnly("permission_denied");
  }

  @Test
  void a_plan_changes_nothing_and_is_recorded_as_one() throws Exception {
    rotate(ENCRYPT, 2);
    DestructionPlan plan = await(
        usual().schedule(call("officer"), ENCRYPT, 1, new Terms(Optional.empty(), false, true)));

    assertThat(plan.versions()).containsExactly(1);
    assertThat(last().action()).isEqualTo("plan_schedule_destruction");
    assertThat(await(keys.list(Optional.empty())).get(0).versions())
        .allMatch(version -> version.destruction().isEmpty());
  }

  @Test
  void a_waiting_time_below_a_week_needs_the_configuration_and_shows_in_the_record()
      throws Exception {
    rotate(ENCRYPT, 2);
    Terms brief = new Terms(Optional.of(Duration.ofDays(6)), false, false);
    assertRefused(
        usual().schedule(call("officer"), ENCRYPT, 1, brief),
        RefusalCode.KEY_STATE,
        "7 days at least",
        "keys.destroy.shortest");
    assertRefused(
        usual()
            .schedule(
                call("officer"),
                ENCRYPT,
                1,
                new Terms(Optional.of(Duration.ofDays(366)), false, false)),
        RefusalCode.KEY_STATE,
        "365 days at most");

    await(hasty().schedule(call("officer"), ENCRYPT, 1, brief));
    assertThat(last().details())
        .containsEntry("waiting_s", "518400")
        .containsEntry("waiting_shortened", "true");
  }

  @Test
  void what_hangs_on_a_version_keeps_it_unless_it_may_be_lost() throws Exception {
    rotate(TOKENIZE, 1);
    await(keys.pin("mercy", "ssn"));
    rotate(TOKENIZE, 1);
    rotate(ENCRYPT, 2);
    vaulted("10", 1);
    vaulted("11", 1);
    vaulted("12", 2);

    assertRefused(
        usual().schedule(call("officer"), TOKENIZE, 1, USUAL),
        RefusalCode.KEY_STATE,
        "ssn is pinned to version 1");
    assertRefused(
        usual().schedule(call("officer"), ENCRYPT, 1, USUAL),
        RefusalCode.KEY_STATE,
        "2 vaulted tokens of mrn on version 1");
    assertThat(await(keys.list(Optional.empty())).stream().flatMap(k -> k.versions().stream()))
        .allMatch(version -> version.state() == KeysetView.State.ENABLED);

    DestructionPlan plan = await(
        usual().schedule(call("officer"), ENCRYPT, 1, new Terms(Optional.empty(), true, false)));
    assertThat(plan.dependents()).containsExactly(new Dependent(1, Kind.VAULTED_TOKENS, "mrn", 2));
    assertThat(last().details()).containsEntry("discarded", "2 vaulted tokens of mrn on version 1");
  }

  @Test
  void what_need_not_wait_is_destroyed_before_the_answer_and_recorded_before_and_after()
      throws Exception {
    rotate(ENCRYPT, 2);
    DestructionPlan plan = await(hasty().schedule(call("officer"), ENCRYPT, 1, AT_ONCE));

    assertThat(plan.keyset().versions().get(0).state()).isEqualTo(KeysetView.State.DESTROYED);
    assertThat(plan.keyset().versions().get(0).destruction())
        .hasValueSatisfying(how -> assertThat(how.done()).contains(NOW));
    assertThat(audit.events())
        .extracting(event -> event.action() + " " + event.outcome())
        .containsExactly("destroy begun", "destroy ok", "schedule_destruction ok");
    assertThat(audit.events().get(0).subject()).isEqualTo("phial");
    assertThat(audit.events().get(0).details())
        .containsEntry("asked_by", "officer")
        .containsEntry("asked_in", "r1");
  }

  @Test
  void without_an_audit_log_nothing_is_destroyed() throws Exception {
    rotate(ENCRYPT, 2);
    audit.fail(true);
    assertRefused(
        hasty().schedule(call("officer"), ENCRYPT, 1, AT_ONCE), RefusalCode.AUDIT_UNAVAILABLE);
    audit.fail(false);
    assertThat(audit.events()).isEmpty();
    assertThat(await(store.find("mercy", KeyPurpose.ENCRYPT))
            .orElseThrow()
            .versions()
            .get(0)
            .wrapped()
            .bytes())
        .isNotEmpty();
  }

  @Test
  void a_trim_is_recorded_with_all_its_versions_and_repeated_without_harm() throws Exception {
    rotate(ENCRYPT, 3);
    await(keys.disable("mercy", KeyPurpose.ENCRYPT, 1));
    await(keys.disable("mercy", KeyPurpose.ENCRYPT, 2));
    assertThat(await(usual().trim(call("officer"), ENCRYPT, 3, USUAL)).versions())
        .containsExactly(1, 2);
    assertThat(last().action()).isEqualTo("trim");
    assertThat(last().details()).containsEntry("key_versions", "1,2");
    await(usual().cancel(call("officer"), ENCRYPT, 2));
    assertThat(last().action()).isEqualTo("cancel_destruction");
  }

  /** What is in this file was signed for auditors and does not change. */
  @Test
  void a_receipts_facts_have_the_form_of_the_golden_file() throws Exception {
    StoredVersion first = new StoredVersion(
        1,
        VersionState.ENABLED,
        Instant.parse("2026-01-02T03:04:05.678Z"),
        WrappedKey.of(new KekVersion(KEK, "7.aa"), new byte[] {1, 2, 3}),
        "00ff");
    StoredKeyset keyset =
        StoredKeyset.first("mercy", KeyPurpose.ENCRYPT, 0x0123456789abcdefL, first);
    await(store.create(keyset));
    StoredVersion destroyed = first
        .ending(Destruction.ordered(Instant.parse("2026-10-01T00:00:00Z"), "ann", "bob", "r-9"))
        .destroyed()
        .gone(Instant.parse("2026-10-01T00:00:07.5Z"));
    StoredVersion second =
        new StoredVersion(2, VersionState.ENABLED, first.created(), first.wrapped(), first.check());
    StoredKeyset rotated = Rotated.by(keyset, second);
    await(store.compareAndSet(rotated));
    await(store.compareAndSet(rotated.with(List.of(destroyed, second))));

    String receipt = await(usual().receipt(call("officer"), "mercy", Optional.empty()));

    assertThat(StatementVerifier.of(evidence, module).verify(receipt))
        .isInstanceOfSatisfying(
            Verdict.Authentic.class,
            authentic -> assertThat(authentic.claims())
                .contains("\"facts\":" + resource("destruction-facts-v1.json").strip() + ",")
                .contains("\"version\":1}"));
  }

  private static String resource(String name) {
    try (InputStream in = AuditedDestructionOperationsTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void a_tenant_is_shredded_by_an_officer_and_the_receipt_has_all_its_keysets() throws Exception {
    rotate(ENCRYPT, 2);
    vaulted("10", 1);
    assertRefused(
        hasty().shred(call("clinician"), "mercy", AT_ONCE), RefusalCode.PERMISSION_DENIED);
    assertRefused(hasty().cancelShred(call("clinician"), "mercy"), RefusalCode.PERMISSION_DENIED);
    assertRefused(
        usual().shred(call("officer"), "mercy", AT_ONCE), RefusalCode.KEY_STATE, "7 days at least");

    List<DestructionPlan> dry =
        await(usual().shred(call("officer"), "mercy", new Terms(Optional.empty(), true, true)));
    assertThat(dry).singleElement().satisfies(plan -> {
      assertThat(plan.versions()).containsExactly(1, 2);
      assertThat(plan.dependents())
          .containsExactly(new Dependent(1, Kind.VAULTED_TOKENS, "mrn", 1));
    });
    assertThat(last().action()).isEqualTo("plan_shred_tenant");
    assertThat(await(keys.list(Optional.empty())).get(0).versions())
        .allMatch(version -> version.state() == KeysetView.State.ENABLED);

    List<DestructionPlan> done = await(hasty().shred(call("officer"), "mercy", AT_ONCE));
    assertThat(done)
        .hasSize(KeyPurpose.values().length)
        .allSatisfy(plan -> assertThat(plan.keyset().versions())
            .allMatch(version -> version.state() == KeysetView.State.DESTROYED));
    assertThat(last().action()).isEqualTo("shred_tenant");
    assertThat(last().details())
        .containsEntry("key_tenant", "mercy")
        .containsEntry("waiting_shortened", "true");
    String receipt = await(usual().receipt(call("officer"), "mercy", Optional.empty()));
    assertThat(StatementVerifier.of(evidence, module).verify(receipt))
        .isInstanceOfSatisfying(
            Verdict.Authentic.class,
            authentic -> assertThat(authentic.claims())
                .contains("ENCRYPT", "TOKENIZE", "INDEX", "\"left\":[]"));
  }

  @Test
  void a_receipt_is_signed_says_on_whose_word_and_holds_no_key() throws Exception {
    rotate(ENCRYPT, 2);
    rotate(TOKENIZE, 2);
    assertRefused(
        hasty().receipt(call("officer"), "mercy", Optional.empty()),
        RefusalCode.KEY_STATE,
        "nothing of it is destroyed yet");
    await(hasty().schedule(call("officer"), ENCRYPT, 1, AT_ONCE));
    await(usual().schedule(call("officer"), TOKENIZE, 1, USUAL));

    String receipt = await(usual().receipt(call("officer"), "mercy", Optional.empty()));

    Verdict verdict = StatementVerifier.of(evidence, module).verify(receipt);
    assertThat(verdict).isInstanceOfSatisfying(Verdict.Authentic.class, authentic -> {
      assertThat(authentic.kind()).isEqualTo(StatementKind.DESTRUCTION);
      assertThat(authentic.claims())
          .contains("\"tenant\":\"mercy\"")
          .contains("\"purpose\":\"ENCRYPT\"")
          .contains("\"asked_by\":\"officer\",\"audit_request\":\"r1\"")
          .contains("\"destroyed\":\"2026-11-27T12:00:00Z\"")
          .contains("\"left\":[2]")
          .doesNotContain("TOKENIZE");
    });
    assertThat(last().action()).isEqualTo("destruction_receipt");
    assertThat(last().details().get("receipt_sha256")).matches("[0-9a-f]{64}");
    assertRefused(
        usual().receipt(call("officer"), "mercy", Optional.of(KeyPurpose.TOKENIZE)),
        RefusalCode.KEY_STATE);
  }
}
