package dev.phial.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phial.gateway.admin.TokenOperations.Selection;
import dev.phial.gateway.admin.approval.ApprovalRules;
import dev.phial.gateway.admin.approval.Approvals;
import dev.phial.gateway.admin.approval.Asked;
import dev.phial.gateway.audit.AuditEvent;
import dev.phial.gateway.engine.EngineException;
import dev.phial.gateway.engine.RecordingAudit;
import dev.phial.gateway.engine.RefusalCode;
import dev.phial.gateway.identity.Call;
import dev.phial.gateway.identity.Caller;
import dev.phial.gateway.policy.Policy;
import dev.phial.gateway.policy.Role;
import dev.phial.gateway.store.SqlStore;
import dev.phial.gateway.store.StoredToken;
import dev.phial.gateway.store.TokenState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditedTokenOperationsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final Policy POLICY = new Policy(
      "digest",
      Map.of(),
      List.of(),
      Map.of(
          "officer", new Role("officer", Set.of(), Set.of(), Map.of(), true),
          "application", new Role("application", Set.of("TREAT"), Set.of("*"), Map.of(), false)));

  private final RecordingAudit audit = new RecordingAudit();

  @TempDir
  Path directory = Path.of("");

  private Optional<SqlStore> store = Optional.empty();

  @BeforeEach
  void open() throws Exception {
    SqlStore opened = SqlStore.sqlite(directory.resolve("phial.db"), InstantSource.fixed(NOW));
    store = Optional.of(opened);
    await(opened
        .tokens()
        .insert(
            List.of(
                token("north", "11111", Optional.empty()),
                token("north", "22222", Optional.of(NOW))),
            NOW.minusSeconds(1)));
    await(opened.tokens().insert(List.of(token("south", "33333", Optional.empty())), NOW));
  }

  @AfterEach
  void close() {
    store.ifPresent(SqlStore::close);
  }

  private static StoredToken token(String tenant, String token, Optional<Instant> end) {
    return new StoredToken(
        tenant,
        "zip",
        token,
        Optional.of("d" + token),
        "phial:v1:x",
        1,
        TokenState.ENABLED,
        NOW.minusSeconds(60),
        end);
  }

  private TokenOperations operations() {
    AuditedAdministration administration = new AuditedAdministration(() -> POLICY, audit);
    TokenDeletion deletion =
        new TokenDeletion(store.orElseThrow().tokens(), InstantSource.fixed(NOW));
    return new AuditedTokenOperations(
        store.orElseThrow().tokens(),
        administration,
        new Approvals(
            store.orElseThrow().proposals(),
            List.of(deletion),
            administration,
            new ApprovalRules(1, Duration.ofHours(1)),
            InstantSource.fixed(NOW),
            () -> "id"),
        deletion,
        InstantSource.fixed(NOW));
  }

  private static <T> T done(CompletionStage<Asked<T>> asked) throws Exception {
    return ((Asked.Done<T>) await(asked)).result();
  }

  private static Call call(String role) {
    return new Call(
        new Caller(role, "north", Set.of(role), Set.of("TREAT"), Caller.Method.MTLS),
        "TREAT",
        "admin",
        "r1");
  }

  private static Selection zip(String... tokens) {
    return new Selection("north", "zip", List.of(tokens));
  }

  private static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private AuditEvent last() {
    return audit.events().get(audit.events().size() - 1);
  }

  @Test
  void describes_the_tokens_that_there_are_in_the_order_asked_for() throws Exception {
    List<TokenView> views = await(
        operations().describe(call("officer"), zip("22222", "99999", "33333", "11111", "22222")));
    assertThat(views).extracting(TokenView::token).containsExactly("22222", "11111");
    assertThat(views)
        .extracting(TokenView::state)
        .containsExactly(TokenView.State.EXPIRED, TokenView.State.ENABLED);
    assertThat(views.get(1).created()).isEqualTo(NOW.minusSeconds(60));
  }

  @Test
  void changes_are_recorded_with_what_proves_them() throws Exception {
    assertThat(await(operations().disable(call("officer"), zip("11111"))).get(0).state())
        .isEqualTo(TokenView.State.DISABLED);
    assertThat(await(operations().enable(call("officer"), zip("11111"))).get(0).state())
        .isEqualTo(TokenView.State.ENABLED);
    assertThat(done(operations().delete(call("officer"), zip("11111", "99999")))
            .get(0)
            .state())
        .isEqualTo(TokenView.State.DELETED);
    assertThat(last().action()).isEqualTo("delete_tokens");
    assertThat(last().details())
        .containsEntry("key_tenant", "north")
        .containsEntry("element", "zip")
        .containsEntry("tokens", "1")
        // printf '11111\\n' | sha256sum
        .containsEntry(
            "tokens_sha256", "32c66107f0f4f2053128e519681fc8e88806d0d2b17607ce9f2362aff66ad6c7");
    assertThat(last().toString()).doesNotContain("11111");
  }

  @Test
  void who_does_not_administer_learns_and_changes_nothing() throws Exception {
    Call application = call("application");
    for (CompletionStage<?> denied : List.<CompletionStage<?>>of(
        operations().delete(application, zip("11111")),
        operations().describe(application, zip("11111")),
        operations().count(application, "north"))) {
      assertThatThrownBy(() -> await(denied))
          .cause()
          .isInstanceOfSatisfying(
              EngineException.class,
              refused -> assertThat(refused.code()).isEqualTo(RefusalCode.PERMISSION_DENIED));
    }
    assertThat(last().outcome()).isEqualTo("permission_denied");
    assertThat(
            await(operations().describe(call("officer"), zip("11111"))).get(0).state())
        .isEqualTo(TokenView.State.ENABLED);
  }

  @Test
  void nothing_is_told_when_it_cannot_be_recorded() {
    audit.fail(true);
    assertThatThrownBy(() -> await(operations().describe(call("officer"), zip("11111"))))
        .cause()
        .isInstanceOfSatisfying(
            EngineException.class,
            refused -> assertThat(refused.code()).isEqualTo(RefusalCode.AUDIT_UNAVAILABLE));
  }

  @Test
  void what_cannot_be_asked_is_refused() {
    for (Selection wrong : List.of(
        zip(),
        zip("1", "\u0000"),
        new Selection("north", "536-27-8841", List.of("1")),
        new Selection("north", "zip", Collections.nCopies(1_001, "1")))) {
      assertThatThrownBy(() -> await(operations().describe(call("officer"), wrong)))
          .cause()
          .isInstanceOfSatisfying(
              EngineException.class,
              refused -> assertThat(refused.code()).isEqualTo(RefusalCode.INVALID_VALUE))
          .hasMessageNotContaining("536");
    }
  }

  @Test
  void counts_by_element_and_key_version() throws Exception {
    assertThat(await(operations().count(call("officer"), "north")))
        .containsExactly(new TokenOperations.Count("zip", 1, 2));
  }
}
