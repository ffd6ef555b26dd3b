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
import dev.phial.gateway.keys.Keysets;
import dev.phial.gateway.policy.Element;
import dev.phial.gateway.policy.Identifier;
import dev.phial.gateway.policy.Mask;
import dev.phial.gateway.policy.Policy;
import dev.phial.gateway.policy.Protection;
import dev.phial.gateway.policy.Protection.KeyVersionMode;
import dev.phial.gateway.policy.Protection.SealedForm;
import dev.phial.gateway.policy.Reveal;
import dev.phial.gateway.policy.Role;
import dev.phial.gateway.store.InMemoryKeysetStore;
import dev.phial.kms.KekRef;
import dev.phial.kms.testkit.InMemoryKms;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Threat T47: a gateway that others did not wait for meets what they have protected since. Right, or refused; never wrong. */
class StaleReplicaTest {
  private static final KekRef KEK = new KekRef("memory", "default");
  private static final Call CALL = new Call(
      new Caller("app", "mercy", Set.of("application"), Set.of("TREAT"), Caller.Method.JWT),
      "TREAT",
      "test",
      "r1");
  private static final Policy POLICY = new Policy(
      "digest",
      Map.of(
          "mrn",
          element(
              "mrn",
              new Protection.Tokenize(
                  TokenFormat.parse("text:1..64", Marking.MARKED), KeyVersionMode.MARKED)),
          "account",
          element(
              "account",
              new Protection.Tokenize(TokenFormat.parse("digits:8..12"), KeyVersionMode.BESIDE)),
          "ssn",
          element(
              "ssn", new Protection.Tokenize(TokenFormat.parse("digits:9"), KeyVersionMode.PINNED)),
          "name",
          element("name", new Protection.Encrypt(SealedForm.TEXT, true))),
      List.of(),
      Map.of(
          "application",
          new Role(
              "application", Set.of("TREAT"), Set.of("*"), Map.of("*", Reveal.PLAINTEXT), false)));

  private final InMemoryKeysetStore store = new InMemoryKeysetStore();
  private final InMemoryKms kms = InMemoryKms.with(KEK);
  private final Keysets hereKeys = keysets();
  private final Keysets thereKeys = keysets();
  private final ProtectionEngine here = engine(hereKeys);
  private final ProtectionEngine there = engine(thereKeys);

  private static Element element(String name, Protection protection) {
    return new Element(name, Identifier.OTHER, protection, Mask.ALL);
  }

  private Keysets keysets() {
    return new Keysets(store, Map.of("memory", kms), KEK, new SecureRandom(), Clock.systemUTC());
  }

  private static ProtectionEngine engine(Keysets keys) {
    return new PolicyEngine(
        () -> POLICY,
        keys,
        Protectors.create(FipsModule.start(), Ff1Engine.COMPOSED, Clock.systemUTC()),
        EngineLimits.DEFAULT,
        Runnable::run);
  }

  private static Outcome.Protected protect(ProtectionEngine engine, String element, String value) {
    ProtectItem item = new ProtectItem(
        element,
        PlainValue.ofText(value),
        Map.of(),
        element.equals("name") ? ProtectItem.Operation.ENCRYPT : ProtectItem.Operation.TOKENIZE);
    return (Outcome.Protected)
        engine.protect(CALL, List.of(item)).toCompletableFuture().join().get(0);
  }

  private static Outcome reveal(ProtectionEngine engine, String element, String text, int version) {
    RevealItem item =
        new RevealItem(element, text, Map.of(), version, ProtectItem.Operation.AS_POLICY);
    return engine.reveal(CALL, List.of(item)).toCompletableFuture().join().get(0);
  }

  private void rotateHere() {
    for (KeyPurpose purpose : List.of(KeyPurpose.ENCRYPT, KeyPurpose.TOKENIZE)) {
      hereKeys.rotate("mercy", purpose).toCompletableFuture().join();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mrn", "account", "ssn", "name"})
  void T47_opens_what_another_has_protected_with_a_version_that_it_does_not_know(String element) {
    protect(there, element, "123456789");
    rotateHere();
    Outcome.Protected made = protect(here, element, "987654321");
    int version = element.equals("account") ? made.keyVersion() : 0;
    assertThat(((Outcome.Revealed) reveal(there, element, made.text(), version))
            .value()
            .text())
        .isEqualTo("987654321");
  }

  @Test
  void T47_in_one_batch_with_what_needs_another_keyset_too() {
    protect(there, "mrn", "1");
    protect(there, "name", "Ada");
    rotateHere();
    List<RevealItem> items = List.of(
        RevealItem.of("mrn", protect(here, "mrn", "MRN-7").text()),
        RevealItem.of("name", protect(here, "name", "Grace").text()));
    assertThat(there.reveal(CALL, items).toCompletableFuture().join())
        .extracting(outcome -> ((Outcome.Revealed) outcome).value().text())
        .containsExactly("MRN-7", "Grace");
  }

  @Test
  void T47_leaves_a_value_that_another_has_sealed_as_it_is() {
    protect(there, "name", "Ada");
    rotateHere();
    String sealed = protect(here, "name", "Grace").text();
    assertThat(protect(there, "name", sealed).text()).isEqualTo(sealed);
  }

  @Test
  void T47_refuses_while_it_cannot_ask_and_does_not_call_it_forged() {
    protect(there, "mrn", "1");
    rotateHere();
    String token = protect(here, "mrn", "MRN-7").text();
    store.failing(true);
    assertThatThrownBy(() -> there
            .reveal(CALL, List.of(RevealItem.of("mrn", token)))
            .toCompletableFuture()
            .join())
        .hasCauseInstanceOf(EngineException.class)
        .extracting(failure -> EngineException.of(failure).code())
        .isEqualTo(RefusalCode.KEYS_UNAVAILABLE);
  }

  @Test
  void T47_a_version_that_is_nowhere_is_refused_after_one_look() {
    protect(here, "account", "123456789");
    int before = store.finds();
    Outcome refused = reveal(here, "account", "123456789", Integer.MAX_VALUE);
    assertThat(((Outcome.Refused) refused).code()).isEqualTo(RefusalCode.NOT_AUTHENTIC);
    assertThat(store.finds() - before).isEqualTo(1);
  }
}
