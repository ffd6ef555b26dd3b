package dev.phial.kms.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phial.kms.AccessDeniedException;
import dev.phial.kms.testkit.ManualTimer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AccessTokensTest {
  private final ManualTimer timer = new ManualTimer();
  private final AtomicInteger asked = new AtomicInteger();

  private AccessTokens tokens(Duration lifetime) {
    return new AccessTokens(
        () -> new AccessTokens.Token("token-" + asked.incrementAndGet(), lifetime), timer.clock());
  }

  @Test
  void keeps_a_token_until_a_minute_before_its_end() {
    AccessTokens tokens = tokens(Duration.ofHours(1));
    assertThat(tokens.current()).isEqualTo("token-1");
    timer.pass(Duration.ofMinutes(59).minusMillis(1));
    assertThat(tokens.current()).isEqualTo("token-1");
    timer.pass(Duration.ofMillis(1));
    assertThat(tokens.current()).isEqualTo("token-2");
  }

  @Test
  void keeps_a_short_token_for_half_of_its_time() {
    AccessTokens tokens = tokens(Duration.ofSeconds(40));
    assertThat(tokens.current()).isEqualTo("token-1");
    timer.pass(Duration.ofSeconds(19));
    assertThat(tokens.current()).isEqualTo("token-1");
    timer.pass(Duration.ofSeconds(1));
    assertThat(tokens.current()).isEqualTo("token-2");
  }

  @Test
  void replaces_a_token_that_was_refused_once_for_all_who_had_it() {
    AccessTokens tokens = tokens(Duration.ofHours(1));
    String first = tokens.current();
    tokens.refused(first);
    assertThat(tokens.current()).isEqualTo("token-2");
    tokens.refused(first);
    assertThat(tokens.current()).isEqualTo("token-2");
  }

  @Test
  void does_not_remember_a_failure_and_does_not_show_a_token() {
    AtomicInteger calls = new AtomicInteger();
    AccessTokens tokens = new AccessTokens(
        () -> {
          if (calls.incrementAndGet() == 1) {
            throw new AccessDeniedException("refused (injected)");
          }
          return new AccessTokens.Token("secret", Duration.ofHours(1));
        },
        timer.clock());
    assertThatThrownBy(tokens::current).isInstanceOf(AccessDeniedException.class);
    assertThat(tokens.current()).isEqualTo("secret");
    assertThat(new AccessTokens.Token("secret", Duration.ofHours(1)))
        .hasToString("Token[for PT1H]");
  }
}
