package dev.phial.gateway.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.fpe.Ff1Engine;
import dev.phial.crypto.token.Marking;
import dev.phial.crypto.token.TokenFormat;
import dev.phial.gateway.identity.Call;
import dev.phial.gateway.identity.Caller;
import dev.phial.gateway.policy.Element;
import dev.phial.gateway.policy.Identifier;
import dev.phial.gateway.policy.Mask;
import dev.phial.gateway.policy.Policy;
import dev.phial.gateway.policy.Protection;
import dev.phial.gateway.policy.Protection.KeyVersionMode;
import dev.phial.gateway.policy.Reveal;
import dev.phial.gateway.policy.Role;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Threat T12: one tenant gives another's tokens to be turned back. */
class ForeignTokensTest {
  private static final int MANY = 20_000;
  private static final Policy POLICY = new Policy(
      "digest",
      Map.of(
          "mrn",
          element("mrn", TokenFormat.parse("text:1..64", Marking.MARKED), KeyVersionMode.MARKED),
          "ssn",
          element("ssn", TokenFormat.parse("us-ssn"), KeyVersionMode.PINNED)),
      List.of(),
      Map.of(
          "clinician",
          new Role(
              "clinician", Set.of("TREAT"), Set.of("*"), Map.of("*", Reveal.PLAINTEXT), false)));

  private final ProtectionEngine engine = new PolicyEngine(
      () -> POLICY,
      new InMemoryKeys(),
      Protectors.create(FipsModule.start(), Ff1Engine.COMPOSED, Clock.systemUTC()),
      new EngineLimits(MANY, 100L << 20, Long.MAX_VALUE),
      Runnable::run);

  private static Element element(String name, TokenFormat format, KeyVersionMode mode) {
    return new Element(name, Identifier.OTHER, new Protection.Tokenize(format, mode), Mask.ALL);
  }

  private static Call of(String tenant) {
    return new Call(
        new Caller("dr", tenant, Set.of("clinician"), Set.of("TREAT"), Caller.Method.JWT),
        "TREAT",
        "test",
        "r1");
  }

  private List<String> tokens(String element, List<String> values) {
    List<ProtectItem> items = values.stream()
        .map(value -> new ProtectItem(
            element, PlainValue.ofText(value), Map.of(), ProtectItem.Operation.TOKENIZE))
        .toList();
    return engine.protect(of("mercy"), items).toCompletableFuture().join().stream()
        .map(outcome -> ((Outcome.Protected) outcome).text())
        .toList();
  }

  private List<Outcome> reveal(String tenant, String element, List<String> tokens) {
    List<RevealItem> items = tokens.stream()
        .map(token -> new RevealItem(element, token, Map.of(), 0, ProtectItem.Operation.TOKENIZE))
        .toList();
    return engine.reveal(of(tenant), items).toCompletableFuture().join();
  }

  @Test
  void T12_no_marked_token_of_another_tenant_opens_and_the_answer_is_that_to_a_made_up_one() {
    List<String> values = IntStream.range(0, MANY).mapToObj(i -> "MRN-" + i).toList();
    List<String> tokens = tokens("mrn", values);
    List<Outcome> foreign = reveal("lakeside", "mrn", tokens);
    List<Outcome> madeUp = reveal("mercy", "mrn", List.of(changed(tokens.get(0))));

    assertThat(foreign).containsOnly(madeUp.get(0));
    assertThat(foreign.get(0))
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> assertThat(refused.code()).isEqualTo(RefusalCode.NOT_AUTHENTIC));
    assertThat(reveal("mercy", "mrn", tokens.subList(0, 1)).get(0))
        .isInstanceOf(Outcome.Revealed.class);
  }

  /** Nothing in an unmarked token says whose it is; docs/policy.md says so. It opens, and to another's value by chance only. */
  @Test
  void T12_an_unmarked_token_of_another_tenant_opens_to_some_other_value() {
    List<String> values = IntStream.range(0, MANY)
        .mapToObj(i -> String.format("536-%02d-%04d", 10 + i / 9_000, 1 + i % 9_000))
        .toList();
    List<Outcome> foreign = reveal("lakeside", "ssn", tokens("ssn", values));
    List<String> right = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      if (foreign.get(i) instanceof Outcome.Revealed revealed
          && revealed.value().text().equals(values.get(i))) {
        right.add(values.get(i));
      }
    }
    assertThat(right.size()).as("of %d by chance", MANY).isLessThanOrEqualTo(1);
  }

  private static String changed(String token) {
    char last = token.charAt(token.length() - 1);
    return token.substring(0, token.length() - 1) + (last == 'a' ? 'b' : 'a');
  }
}
