package dev.phial.gateway.keys;

import static dev.phial.gateway.keys.KeysetsFixture.KEK;
import static dev.phial.gateway.keys.KeysetsFixture.await;
import static dev.phial.gateway.keys.KeysetsFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.key.KeyPurpose;
import dev.phial.crypto.key.KeyUsedUpException;
import dev.phial.crypto.key.UsageLimit;
import dev.phial.gateway.store.InMemoryKeysetStore;
import dev.phial.kms.testkit.FaultInjectingKms;
import dev.phial.kms.testkit.InMemoryKms;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Threat T3 in the keys: a primary that is used up gets a successor, or nothing new is protected. */
class KeyUsageLimitTest {
  private final InMemoryKeysetStore store = new InMemoryKeysetStore();
  private final FaultInjectingKms kms = new FaultInjectingKms(InMemoryKms.with(KEK));
  private final FakeTime time = new FakeTime();
  private final RecordedEvents events = new RecordedEvents();
  private final Keysets keysets = keysets(new UsageLimit(80, 1_000), 10);

  private Keysets keysets(UsageLimit usage, int bound) {
    KeyLimits limits = new KeyLimits(usage, bound, Duration.ofMinutes(5));
    return new Keysets(
        store,
        Map.of("memory", kms),
        KEK,
        new SecureRandom(),
        time,
        new KeyCare(limits, events, time));
  }

  private DataKey primary() throws Exception {
    return await(keysets.ring("north", KeyPurpose.ENCRYPT)).primary();
  }

  @Test
  void T3_a_primary_that_is_nearly_used_up_gets_a_successor_beside_the_calls() throws Exception {
    primary().count(69, 0);
    assertThat(primary().id().version()).isEqualTo(1);
    primary().count(1, 0);
    primary();
    assertThat(primary().id().version()).isEqualTo(2);
    assertThat(events.said()).containsExactly("used up north 1");
    assertThat(keysets.usedShare()).isZero();
  }

  @Test
  void T3_bytes_alone_bring_a_successor_too() throws Exception {
    primary().count(1, 880);
    primary();
    assertThat(primary().id().version()).isEqualTo(2);
  }

  @Test
  void T3_in_an_outage_a_used_up_key_protects_nothing_more_and_still_opens() throws Exception {
    DataKey key = primary();
    key.count(80, 0);
    kms.breakDown();
    assertThatThrownBy(() -> primary().count(1, 0)).isInstanceOf(KeyUsedUpException.class);

    assertThat(failure(keysets.successor("north", KeyPurpose.ENCRYPT, 1)))
        .isInstanceOf(KeysUnavailableException.class)
        .hasMessageContaining(
            "version 1 of the tenant's ENCRYPT key has protected as much as it may")
        .hasMessageContaining("keys.limits")
        .hasMessageContaining("the KMS does not answer");
    assertThat(primary()).isSameAs(key);
    assertThat(key.isDestroyed()).isFalse();
    kms.heal();
    assertThat(await(keysets.successor("north", KeyPurpose.ENCRYPT, 1))
            .primary()
            .id()
            .version())
        .isEqualTo(2);
  }

  @Test
  void T3_the_kms_is_left_alone_between_failures() throws Exception {
    primary().count(75, 0);
    kms.breakDown();
    for (int call = 0; call < 1_000; call++) {
      primary();
    }
    assertThat(kms.wraps()).isEqualTo(2);
    time.pass(Duration.ofSeconds(10));
    primary();
    assertThat(kms.wraps()).isEqualTo(3);
  }

  @Test
  void T3_many_that_ask_for_a_successor_get_one() throws Exception {
    primary();
    for (int call = 0; call < 50; call++) {
      assertThat(await(keysets.successor("north", KeyPurpose.ENCRYPT, 1))
              .primary()
              .id()
              .version())
          .isEqualTo(2);
    }
    assertThat(kms.wraps()).isEqualTo(2);
  }

  @Test
  void T3_another_process_that_has_rotated_already_is_followed() throws Exception {
    primary();
    Keysets other = keysets(new UsageLimit(80, 1_000), 10);
    await(other.rotate("north", KeyPurpose.ENCRYPT));
    assertThat(await(keysets.successor("north", KeyPurpose.ENCRYPT, 1))
            .primary()
            .id()
            .version())
        .isEqualTo(2);
    assertThat(events.said()).isEmpty();
  }

  @Test
  void T3_a_rotation_that_cannot_be_recorded_does_not_happen() throws Exception {
    primary().count(80, 0);
    events.refusing(true);
    assertThat(failure(keysets.successor("north", KeyPurpose.ENCRYPT, 1)))
        .isInstanceOf(KeysUnavailableException.class)
        .hasMessageContaining("the log is full");
    assertThat(await(store.find("north", KeyPurpose.ENCRYPT)).orElseThrow().primary())
        .isEqualTo(1);
  }

  @Test
  void T3_a_key_that_left_memory_and_came_back_goes_on_counting() throws Exception {
    Keysets small = keysets(new UsageLimit(80, 1_000), 1);
    await(small.ring("a", KeyPurpose.ENCRYPT)).primary().count(60, 0);
    await(small.ring("b", KeyPurpose.ENCRYPT));
    DataKey back = await(small.ring("a", KeyPurpose.ENCRYPT)).primary();
    assertThat(back.usage().messages()).isEqualTo(60);
    assertThatThrownBy(() -> back.count(21, 0)).isInstanceOf(KeyUsedUpException.class);
  }

  @Test
  void keys_of_tokens_and_digests_are_counted_and_have_no_limit() throws Exception {
    DataKey tokens = await(keysets.ring("north", KeyPurpose.TOKENIZE)).primary();
    tokens.count(1_000_000, 1_000_000);
    assertThat(tokens.usage().messages()).isEqualTo(1_000_000);
    assertThat(await(keysets.ring("north", KeyPurpose.TOKENIZE)).primary()).isSameAs(tokens);
  }
}
