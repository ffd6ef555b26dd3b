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
import dev.phial.gateway.policy.Policy;
import dev.phial.gateway.policy.Role;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class AuditedKeyOperationsTest {
  private static final Policy POLICY = new Policy(
      "digest",
      Map.of(),
      List.of(),
      Map.of("officer", new Role("officer", Set.of(), Set.of(), Map.of(), true)));

  private final Counter counter = new Counter();
  private final RecordingAudit audit = new RecordingAudit();
  private final KeyOperations operations =
      new AuditedKeyOperations(counter, new AuditedAdministration(() -> POLICY, audit));

  private static Call call(String role) {
    return new Call(
        new Caller(role, "mercy", Set.of(role), Set.of(), Caller.Method.MTLS), "", "admin", "r1");
  }

  @Test
  void an_officer_rotates_and_it_is_recorded_before_the_answer() {
    audit.hold();
    CompletableFuture<KeysetView> answer =
        operations.rotate(call("officer"), "mercy", KeyPurpose.ENCRYPT).toCompletableFuture();

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
        operations.rotate(call("clinician"), "mercy", KeyPurpose.ENCRYPT),
        RefusalCode.PERMISSION_DENIED);
    assertRefused(
        operations.list(call("clinician"), Optional.empty()), RefusalCode.PERMISSION_DENIED);

    assertThat(counter.rotations).isZero();
    assertThat(audit.events())
        .extracting("outcome")
        .containsExactly("permission_denied", "permission_denied");
  }

  @Test
  void without_audit_the_result_is_withheld() {
    audit.fail(true);

    assertRefused(
        operations.rotate(call("officer"), "mercy", KeyPurpose.ENCRYPT),
        RefusalCode.AUDIT_UNAVAILABLE);
  }

  @Test
  void an_outage_of_the_kms_is_told_as_one() {
    counter.down = true;

    assertRefused(
        operations.rotate(call("officer"), "mercy", KeyPurpose.ENCRYPT),
        RefusalCode.KEYS_UNAVAILABLE);
    assertThat(audit.events()).extracting("outcome").containsExactly("keys_unavailable");
  }

  @Test
  void every_change_is_recorded_with_the_version_it_is_about() {
    operations
        .disable(call("officer"), "mercy", KeyPurpose.TOKENIZE, 7)
        .toCompletableFuture()
        .join();
    operations
        .enable(call("officer"), "mercy", KeyPurpose.TOKENIZE, 7)
        .toCompletableFuture()
        .join();
    operations
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
        operations.disable(call("clinician"), "mercy", KeyPurpose.ENCRYPT, 1),
        RefusalCode.PERMISSION_DENIED);
    assertRefused(
        operations.enable(call("clinician"), "mercy", KeyPurpose.ENCRYPT, 1),
        RefusalCode.PERMISSION_DENIED);
    assertRefused(
        operations.rewrap(call("clinician"), "mercy", KeyPurpose.ENCRYPT),
        RefusalCode.PERMISSION_DENIED);
    assertThat(audit.events()).extracting("outcome").containsOnly("permission_denied");
  }

  @Test
  void a_change_that_does_not_fit_the_keys_state_is_told_as_one() {
    counter.rotations = 3;

    assertRefused(
        operations.disable(call("officer"), "mercy", KeyPurpose.ENCRYPT, 3), RefusalCode.KEY_STATE);
    assertThat(audit.events()).extracting("outcome").containsExactly("key_state");
  }

  private static void assertRefused(CompletionStage<?> stage, RefusalCode code) {
    assertThatThrownBy(() -> stage.toCompletableFuture().join())
        .cause()
        .isInstanceOfSatisfying(EngineException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  /** Counts versions, without keys behind them. */
  private static final class Counter implements KeyAdministration {
    private int rotations;
    private boolean down;

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
