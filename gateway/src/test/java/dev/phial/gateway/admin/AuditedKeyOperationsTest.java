package dev.phial.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phial.crypto.key.KeyPurpose;
import dev.phial.gateway.engine.EngineException;
import dev.phial.gateway.engine.RecordingAudit;
import dev.phial.gateway.engine.RefusalCode;
import dev.phial.gateway.identity.Call;
import dev.phial.gateway.identity.Caller;
import dev.phial.gateway.keys.KeyAdministration;
import dev.phial.gateway.keys.KeyStateException;
import dev.phial.gateway.keys.KeysUnavailableException;
import dev.phial.gateway.keys.KeysetView;
import dev.phial.gateway.keys.Keysets;
import dev.phial.gateway.policy.Policy;
import dev.phial.gateway.policy.Role;
import dev.phial.gateway.store.SqlStore;
import dev.phial.gateway.store.StoredPin;
import dev.phial.gateway.store.StoredToken;
import dev.phial.gateway.store.TokenState;
import dev.phial.kms.KekRef;
import dev.phial.kms.testkit.InMemoryKms;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditedKeyOperationsTest {
  private static final Policy POLICY = new Policy(
      "digest",
      Map.of(),
      List.of(),
      Map.of("officer", new Role("officer", Set.of(), Set.of(), Map.of(), true)));

  private final Counter counter = new Counter();
  private final RecordingAudit audit = new RecordingAudit();
  private final AuditedAdministration audited = new AuditedAdministration(() -> POLICY, audit);

  @TempDir
  Path directory = Path.of("");

  private Optional<SqlStore> store = Optional.empty();
  private Optional<KeyOperations> opened = Optional.empty();

  @BeforeEach
  void openStore() {
    SqlStore sqlite =
        SqlStore.sqlite(directory.resolve("phial.db"), InstantSource.fixed(Instant.EPOCH));
    store = Optional.of(sqlite);
    KekRef kek = new KekRef("memory", "default");
    Keysets pins = new Keysets(
        sqlite,
        Map.of("memory", InMemoryKms.with(kek)),
        kek,
        new SecureRandom(),
        InstantSource.system());
    opened = Optional.of(new AuditedKeyOperations(counter, pins, sqlite.tokens(), audited));
  }

  @AfterEach
  void closeStore() {
    store.ifPresent(SqlStore::close);
  }

  private KeyOperations operations() {
    return opened.orElseThrow();
  }

  private static Call call(String role) {
    return new Call(
        new Caller(role, "mercy", Set.of(role), Set.of(), Caller.Method.MTLS), "", "admin", "r1");
  }

  @Test
  void an_officer_rotates_and_it_is_recorded_before_the_answer() {
    audit.hold();
    CompletableFuture<KeysetView> answer =
        operations().rotate(call("officer"), "mercy", KeyPurpose.ENCRYPT).toCompletableFuture();

    assertThat(answer).isNotDone();
    audit.release();
    assertThat(answer.join().primary()).isEqualTo(1);
    assertThat(audit.events()).singleElement().satisfies(event -> {
      assertThat(event.action()).isEqualTo("rotate");
      assertThat(event.details())
          .containsEntry("key_version", "1")
          .containsEntry("key_tenant", "mercy");
    });
  }

  @Test
  void who_does_not_administer_rotates_nothing_and_that_is_recorded_too() {
    assertRefused(
        operations().rotate(call("clinician"), "mercy", KeyPurpose.ENCRYPT),
        RefusalCode.PERMISSION_DENIED);
    assertRefused(
        operations().list(call("clinician"), Optional.empty()), RefusalCode.PERMISSION_DENIED);

    assertThat(counter.rotations).isZero();
    assertThat(audit.events())
        .extracting("outcome")
        .containsExactly("permission_denied", "permission_denied");
  }

  @Test
  void without_audit_the_result_is_withheld() {
    audit.fail(true);

    assertRefused(
        operations().rotate(call("officer"), "mercy", KeyPurpose.ENCRYPT),
        RefusalCode.AUDIT_UNAVAILABLE);
  }

  @Test
  void an_outage_of_the_kms_is_told_as_one() {
    counter.down = true;

    assertRefused(
        operations().rotate(call("officer"), "mercy", KeyPurpose.ENCRYPT),
        RefusalCode.KEYS_UNAVAILABLE);
    assertThat(audit.events()).extracting("outcome").containsExactly("keys_unavailable");
  }

  @Test
  void every_change_is_recorded_with_the_version_it_is_about() {
    operations()
        .disable(call("officer"), "mercy", KeyPurpose.TOKENIZE, 7)
        .toCompletableFuture()
        .join();
    operations()
        .enable(call("officer"), "mercy", KeyPurpose.TOKENIZE, 7)
        .toCompletableFuture()
        .join();
    operations()
        .rewrap(call("officer"), "mercy", KeyPurpose.TOKENIZE)
        .toCompletableFuture()
        .join();

    assertThat(audit.events()).extracting("action").containsExactly("disable", "enable", "rewrap");
    assertThat(audit.events())
        .extracting(event -> event.details().get("key_version"))
        .containsExactly("7", "7", "1");
  }

  @Test
  void who_does_not_administer_changes_nothing() {
    assertRefused(
        operations().disable(call("clinician"), "mercy", KeyPurpose.ENCRYPT, 1),
        RefusalCode.PERMISSION_DENIED);
    assertRefused(
        operations().enable(call("clinician"), "mercy", KeyPurpose.ENCRYPT, 1),
        RefusalCode.PERMISSION_DENIED);
    assertRefused(
        operations().rewrap(call("clinician"), "mercy", KeyPurpose.ENCRYPT),
        RefusalCode.PERMISSION_DENIED);
    assertThat(audit.events()).extracting("outcome").containsOnly("permission_denied");
  }

  @Test
  void a_change_that_does_not_fit_the_keys_state_is_told_as_one() {
    counter.rotations = 3;

    assertRefused(
        operations().disable(call("officer"), "mercy", KeyPurpose.ENCRYPT, 3),
        RefusalCode.KEY_STATE);
    assertThat(audit.events()).extracting("outcome").containsExactly("key_state");
  }

  private static void assertRefused(CompletionStage<?> stage, RefusalCode code) {
    assertThatThrownBy(() -> stage.toCompletableFuture().join())
        .cause()
        .isInstanceOfSatisfying(EngineException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  /** Counts versions, without keys behind them. */
  private void vault(String token, int version) {
    StoredToken stored = new StoredToken(
        "mercy",
        "zip",
        token,
        Optional.empty(),
        "phial:v1:x",
        version,
        TokenState.ENABLED,
        Instant.EPOCH,
        Optional.empty());
    assertThat(store
            .orElseThrow()
            .tokens()
            .insert(List.of(stored), Instant.EPOCH)
            .toCompletableFuture()
            .join())
        .containsExactly(true);
  }

  private CompletionStage<KeysetView> setMinimum(KeyPurpose purpose, int version, boolean dryRun) {
    return operations().setMinimum(call("officer"), "mercy", purpose, version, dryRun);
  }

  @Test
  void a_minimum_is_refused_while_vaulted_tokens_hang_on_a_version_below() {
    vault("t1", 1);
    vault("t2", 2);
    vault("t3", 3);
    assertThatThrownBy(
            () -> setMinimum(KeyPurpose.ENCRYPT, 3, true).toCompletableFuture().join())
        .hasMessageContaining(
            "below 3: 1 vaulted tokens of zip on version 1, 1 vaulted tokens of zip on version 2;");
    assertRefused(setMinimum(KeyPurpose.ENCRYPT, 3, false), RefusalCode.KEY_STATE);
    assertThat(counter.minimum).isEqualTo(1);
    setMinimum(KeyPurpose.ENCRYPT, 1, false).toCompletableFuture().join();
    setMinimum(KeyPurpose.INDEX, 3, false).toCompletableFuture().join();
    assertThat(counter.minimum).isEqualTo(3);
  }

  @Test
  void a_minimum_is_refused_while_elements_are_pinned_to_a_version_below() {
    SqlStore sqlite = store.orElseThrow();
    sqlite.create(StoredPin.first("mercy", "ssn", 2)).toCompletableFuture().join();
    sqlite.create(StoredPin.first("mercy", "zip", 5)).toCompletableFuture().join();
    sqlite.create(StoredPin.first("north", "mrn", 1)).toCompletableFuture().join();
    StoredPin moving = StoredPin.first("mercy", "zip", 5).movingTo(6);
    sqlite.compareAndSet(moving).toCompletableFuture().join();
    assertThatThrownBy(() ->
            setMinimum(KeyPurpose.TOKENIZE, 6, false).toCompletableFuture().join())
        .hasMessageContaining("below 6: ssn is pinned to version 2, zip is pinned to version 5;");
    setMinimum(KeyPurpose.TOKENIZE, 2, false).toCompletableFuture().join();
    assertThat(counter.minimum).isEqualTo(2);
  }

  @Test
  void planning_a_minimum_changes_nothing_and_is_recorded_as_a_plan() {
    setMinimum(KeyPurpose.ENCRYPT, 2, true).toCompletableFuture().join();
    assertThat(counter.minimum).isEqualTo(1);
    setMinimum(KeyPurpose.ENCRYPT, 2, false).toCompletableFuture().join();
    assertThat(audit.events())
        .extracting("action")
        .containsExactly("plan_minimum_version", "set_minimum_version");
    assertRefused(
        operations().setMinimum(call("clinician"), "mercy", KeyPurpose.ENCRYPT, 1, false),
        RefusalCode.PERMISSION_DENIED);
    assertThat(counter.minimum).isEqualTo(2);
  }

  private static final class Counter implements KeyAdministration {
    private int rotations;
    private boolean down;
    private int minimum = 1;

    @Override
    public CompletionStage<List<KeysetView>> list(Optional<String> tenant) {
      return CompletableFuture.completedFuture(List.of());
    }

    @Override
    public CompletionStage<KeysetView> rotate(String tenant, KeyPurpose purpose) {
      if (down) {
        return CompletableFuture.failedFuture(
            new KeysUnavailableException("kms local does not answer", new IOException("down")));
      }
      rotations++;
      return CompletableFuture.completedFuture(new KeysetView(
          tenant, purpose, "0000000000000001", rotations, OptionalInt.empty(), 1, List.of()));
    }

    @Override
    public CompletionStage<KeysetView> disable(String tenant, KeyPurpose purpose, int version) {
      return version == rotations
          ? CompletableFuture.failedFuture(new KeyStateException("rotate first"))
          : view(tenant, purpose);
    }

    @Override
    public CompletionStage<KeysetView> enable(String tenant, KeyPurpose purpose, int version) {
      return view(tenant, purpose);
    }

    @Override
    public CompletionStage<KeysetView> setMinimum(
        String tenant, KeyPurpose purpose, int version, boolean dryRun) {
      minimum = dryRun ? minimum : version;
      return view(tenant, purpose);
    }

    @Override
    public CompletionStage<KeysetView> rewrap(String tenant, KeyPurpose purpose) {
      return view(tenant, purpose);
    }

    private CompletionStage<KeysetView> view(String tenant, KeyPurpose purpose) {
      return CompletableFuture.completedFuture(new KeysetView(
          tenant,
          purpose,
          "0000000000000001",
          Math.max(1, rotations),
          OptionalInt.empty(),
          1,
          List.of()));
    }
  }
}
