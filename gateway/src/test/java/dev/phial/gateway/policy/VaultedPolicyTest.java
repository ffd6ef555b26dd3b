package dev.phial.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phial.gateway.policy.Protection.TokenUse;
import dev.phial.gateway.policy.Protection.Vaulted;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VaultedPolicyTest {
  private static Protection rule(String settings) {
    Policy policy = new PolicyLoader().parse("policy.yaml", """
        version: 1
        elements:
          zip: { identifier: GEO, protect: { tokenize: { %s } } }
        access:
          application: { purposes: [TREAT], protect: ["*"] }
        """.formatted(settings));
    return policy.element("zip").orElseThrow().protection();
  }

  @Test
  void has_defaults_that_keep_joins() {
    Vaulted rule = (Vaulted) rule("kind: vaulted, format: \"digits:5\"");
    assertThat(rule.format().orElseThrow().spec()).isEqualTo("digits:5");
    assertThat(rule.tokens()).isEqualTo(TokenUse.CONSISTENT);
    assertThat(rule.ttl()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"90m, 5400", "12h, 43200", "30d, 2592000"})
  void reads_every_setting(String ttl, long seconds) {
    assertThat(rule("kind: vaulted, format: opaque, tokens: unique, ttl: " + ttl))
        .isEqualTo(new Vaulted(
            Optional.empty(), TokenUse.UNIQUE, Optional.of(Duration.ofSeconds(seconds))));
  }

  @Test
  void without_a_kind_tokens_are_computed() {
    assertThat(rule("format: \"digits:9\", key_version: pinned"))
        .isInstanceOf(Protection.Tokenize.class)
        .isEqualTo(rule("kind: fpe, format: \"digits:9\", key_version: pinned"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kind: vaulted | 'format' is missing",
        "kind: vaulted, format: \"digits:3\" | only 1,000 possible tokens",
        "kind: vaulted, format: text | write format: opaque",
        "kind: vaulted, format: \"digit:9\" | no token format digit:9",
        "kind: vaulted, format: opaque, key_version: pinned | is for kind: fpe",
        "kind: vaulted, format: opaque, ttl: 30 | must be a time such as",
        "kind: vaulted, format: opaque, ttl: 0d | must be a time such as",
        "kind: vaulted, format: opaque, tokens: some | consistent",
        "kind: vault, format: opaque | did you mean 'vaulted'?",
        "format: opaque, key_version: pinned | no token format opaque"
      })
  void refuses_what_cannot_be(String settings, String message) {
    assertThatThrownBy(() -> rule(settings))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("policy.yaml:3");
  }
}
