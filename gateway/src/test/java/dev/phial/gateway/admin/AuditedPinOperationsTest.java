package dev.phial.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phial.crypto.key.KeyPurpose;
import dev.phial.crypto.token.TokenFormat;
import dev.phial.gateway.engine.EngineException;
import dev.phial.gateway.engine.RecordingAudit;
import dev.phial.gateway.engine.RefusalCode;
import dev.phial.gateway.identity.Call;
import dev.phial.gateway.identity.Caller;
import dev.phial.gateway.keys.Keysets;
import dev.phial.gateway.keys.Pin;
import dev.phial.gateway.policy.Element;
import dev.phial.gateway.policy.Identifier;
import dev.phial.gateway.policy.Mask;
import dev.phial.gateway.policy.Policy;
import dev.phial.gateway.policy.Protection;
import dev.phial.gateway.policy.Protection.KeyVersionMode;
import dev.phial.gateway.policy.Role;
import dev.phial.gateway.store.InMemoryKeysetStore;
import dev.phial.kms.KekRef;
import dev.phial.kms.testkit.InMemoryKms;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuditedPinOperationsTest {
  private static final KekRef KEK = new KekRef("memory", "default");
  private static final Policy POLICY = new Policy(
      "digest",
      Map.of(
          "ssn",
          new Element(
              "ssn",
              Identifier.SSN,
              new Protection.Tokenize(TokenFormat.parse("us-ssn"), KeyVersionMode.PINNED),
              Mask.ALL),
          "photo",
          new Element("photo", Identifier.PHOTO, new Protection.Redact(), Mask.ALL)),
      List.of(),
      Map.of("officer", new Role("officer", Set.of(), Set.of(), Map.of(), true)));

  private final Keysets keysets = new Keysets(
      new InMemoryKeysetStore(),
      Map.of("memory", InMemoryKms.with(KEK)),
      KEK,
      new SecureRandom(),
      InstantSource.system());
  private final RecordingAudit audit = new RecordingAudit();
  private final PinOperations operations =
      new AuditedPinOperations(keysets, new AuditedAdministration(() -> POLICY, audit));

  @AfterEach
  void close() {
    keysets.close();
  }

  private static Call call(String role) {
    return new Call(
        new Caller(role, "mercy", Set.of(role), Set.of(), Caller.Method.MTLS), "", "admin", "r1");
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  @Test
  void an_officer_moves_a_pin_and_the_record_says_where() {
    join(keysets.pin("mercy", "ssn"));
    join(keysets.rotate("mercy", KeyPurpose.TOKENIZE));

    assertThat(join(operations.move(call("officer"), "mercy", "ssn")).pin())
        .isEqualTo(new Pin.Moving(1, 2));

    assertThat(audit.events()).singleElement().satisfies(event -> {
      assertThat(event.action()).isEqualTo("move_pin");
      assertThat(event.details())
          .containsEntry("element", "ssn")
          .containsEntry("pin", "moving from 1 to 2");
    });
  }

  @Test
  void what_is_refused_is_recorded_too() {
    assertRefused(
        operations.move(call("clinician"), "mercy", "ssn"), RefusalCode.PERMISSION_DENIED);
    assertRefused(operations.move(call("officer"), "mercy", "photo"), RefusalCode.INVALID_VALUE);
    assertRefused(operations.move(call("officer"), "mercy", "ssn"), RefusalCode.KEY_STATE);
    assertThat(audit.events())
        .extracting("outcome")
        .containsExactly("permission_denied", "invalid_value", "key_state");
  }

  private static void assertRefused(CompletionStage<?> answer, RefusalCode code) {
    assertThatThrownBy(() -> join(answer))
        .cause()
        .isInstanceOfSatisfying(EngineException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
