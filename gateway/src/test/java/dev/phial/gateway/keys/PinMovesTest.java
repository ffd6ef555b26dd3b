package dev.phial.gateway.keys;

import static dev.phial.gateway.keys.KeysetsFixture.KEK;
import static dev.phial.gateway.keys.KeysetsFixture.NOW;
import static dev.phial.gateway.keys.KeysetsFixture.await;
import static dev.phial.gateway.keys.KeysetsFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.phial.crypto.key.KeyPurpose;
import dev.phial.gateway.store.InMemoryKeysetStore;
import dev.phial.kms.Kms;
import dev.phial.kms.testkit.InMemoryKms;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several processes on one store, and a clock that moves when told to. */
class PinMovesTest {
  private static final String TENANT = "north";
  private static final String ELEMENT = "ssn";

  private final InMemoryKeysetStore store = new InMemoryKeysetStore();
  private final Kms kms = InMemoryKms.with(KEK);
  private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 5); // it may overflow
  private final Keysets officer = process();
  private final Keysets other = process();

  private Keysets process() {
    return new Keysets(
        store,
        Map.of("memory", kms),
        KEK,
        new SecureRandom(),
        InstantSource.fixed(NOW),
        nanoTime::get);
  }

  @BeforeEach
  void pinnedAndRotated() throws Exception {
    assertThat(await(other.pin(TENANT, ELEMENT))).isEqualTo(new Pin.Settled(1));
    assertThat(await(officer.pin(TENANT, ELEMENT))).isEqualTo(new Pin.Settled(1));
    await(officer.rotate(TENANT, KeyPurpose.TOKENIZE));
  }

  @AfterEach
  void close() {
    officer.close();
    other.close();
  }

  private void pass(Duration time) {
    nanoTime.addAndGet(time.toNanos());
  }

  @Test
  void a_move_goes_through_its_steps_and_every_process_follows() throws Exception {
    assertThat(await(officer.move(TENANT, ELEMENT)))
        .isEqualTo(new PinView(TENANT, ELEMENT, new Pin.Moving(1, 2)));
    assertThat(await(officer.pin(TENANT, ELEMENT))).as("at once").isEqualTo(new Pin.Moving(1, 2));
    assertThat(await(other.pin(TENANT, ELEMENT))).as("not yet").isEqualTo(new Pin.Settled(1));
    pass(Pins.LEASE);
    assertThat(await(other.pin(TENANT, ELEMENT))).isEqualTo(new Pin.Moving(1, 2));
    assertThat(await(other.ring(TENANT, KeyPurpose.TOKENIZE)).version(2))
        .as("with the key it moves to")
        .isInstanceOf(KeyRing.Lookup.Usable.class);

    await(officer.hold(TENANT, ELEMENT));
    pass(PinMoves.HOLD);
    assertThat(await(other.pin(TENANT, ELEMENT))).isEqualTo(new Pin.Held(1, 2));
    assertThat(await(officer.finish(TENANT, ELEMENT)).pin()).isEqualTo(new Pin.Settled(2));
    pass(Pins.LEASE);
    assertThat(await(other.pin(TENANT, ELEMENT))).isEqualTo(new Pin.Settled(2));
    assertThat(await(other.pins(Optional.of(TENANT))))
        .containsExactly(new PinView(TENANT, ELEMENT, new Pin.Settled(2)));
  }

  @Test
  void a_read_that_is_due_is_made_behind_the_answer() throws Exception {
    await(officer.move(TENANT, ELEMENT));
    pass(PinCell.FRESH);
    assertThat(await(other.pin(TENANT, ELEMENT))).isEqualTo(new Pin.Settled(1));
    assertThat(await(other.pin(TENANT, ELEMENT))).isEqualTo(new Pin.Moving(1, 2));
  }

  @Test
  void what_was_read_longer_ago_than_the_lease_is_not_relied_on_even_without_a_store()
      throws Exception {
    store.failing(true);
    pass(Pins.LEASE.minusNanos(1));
    assertThat(await(other.pin(TENANT, ELEMENT))).isEqualTo(new Pin.Settled(1));
    pass(Duration.ofNanos(1));
    assertThat(failure(other.pin(TENANT, ELEMENT))).isInstanceOf(KeysUnavailableException.class);
    store.failing(false);
    assertThat(await(other.pin(TENANT, ELEMENT))).isEqualTo(new Pin.Settled(1));
  }

  @Test
  void a_move_does_not_end_before_every_process_must_know_of_the_hold() throws Exception {
    await(officer.move(TENANT, ELEMENT));
    await(officer.hold(TENANT, ELEMENT));
    pass(PinMoves.HOLD.minusSeconds(3));
    assertThat(failure(officer.finish(TENANT, ELEMENT)))
        .isInstanceOf(KeyStateException.class)
        .hasMessageContaining("try again in 4 s");
    assertThat(failure(other.finish(TENANT, ELEMENT)))
        .as("a process counts from when it has seen the hold itself")
        .hasMessageContaining("try again in 76 s");
    pass(Duration.ofSeconds(3));
    assertThat(failure(other.finish(TENANT, ELEMENT))).isInstanceOf(KeyStateException.class);
    assertThat(await(officer.finish(TENANT, ELEMENT)).pin()).isEqualTo(new Pin.Settled(2));
  }

  @Test
  void a_second_hold_is_counted_anew() throws Exception {
    await(officer.move(TENANT, ELEMENT));
    await(officer.hold(TENANT, ELEMENT));
    pass(PinMoves.HOLD);
    await(other.cancel(TENANT, ELEMENT));
    await(other.move(TENANT, ELEMENT));
    await(other.hold(TENANT, ELEMENT));
    assertThat(failure(officer.finish(TENANT, ELEMENT))).isInstanceOf(KeyStateException.class);
  }

  @Test
  void a_step_that_does_not_fit_says_what_to_do_and_changes_nothing() throws Exception {
    assertThat(failure(officer.hold(TENANT, ELEMENT))).hasMessageContaining("move first");
    assertThat(failure(officer.finish(TENANT, ELEMENT))).hasMessageContaining("hold first");
    assertThat(failure(officer.cancel(TENANT, ELEMENT))).hasMessageContaining("not being moved");
    assertThat(failure(officer.move(TENANT, "mrn"))).hasMessageContaining("no tokens");
    assertThat(await(officer.pin(TENANT, ELEMENT))).isEqualTo(new Pin.Settled(1));
    await(officer.move(TENANT, ELEMENT));
    assertThat(failure(officer.move(TENANT, ELEMENT))).hasMessageContaining("finish or cancel");
    assertThat(await(officer.cancel(TENANT, ELEMENT)).pin()).isEqualTo(new Pin.Settled(1));
    await(officer.pin(TENANT, "mrn"));
    assertThat(failure(officer.move(TENANT, "mrn"))).hasMessageContaining("rotate the keyset");
  }

  /** Whatever is done in whatever order, no two processes ever believe an unnamed token to be of different versions. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void no_two_processes_ever_differ_on_an_unnamed_token(long seed) throws Exception {
    Random random = new Random(seed);
    List<Keysets> processes = List.of(officer, other);
    Set<String> arrived = new HashSet<>();
    for (int step = 0; step < 4_000; step++) {
      Keysets one = processes.get(random.nextInt(2));
      List<CompletionStage<?>> choices = new ArrayList<>();
      switch (random.nextInt(7)) {
        case 0 -> choices.add(one.move(TENANT, ELEMENT));
        case 1 -> choices.add(one.hold(TENANT, ELEMENT));
        case 2, 3 -> choices.add(one.finish(TENANT, ELEMENT));
        case 4 -> {
          if (random.nextInt(20) == 0) {
            choices.add(one.cancel(TENANT, ELEMENT));
          }
        }
        case 5 -> {
          if (random.nextInt(50) == 0) {
            choices.add(one.rotate(TENANT, KeyPurpose.TOKENIZE));
          }
        }
        default -> pass(Duration.ofSeconds(random.nextInt(40)));
      }
      for (CompletionStage<?> choice : choices) {
        failure(choice); // refusals are part of the game
      }
      Set<Integer> believed = new HashSet<>();
      for (Keysets process : processes) {
        Pin pin = await(process.pin(TENANT, ELEMENT));
        if (pin instanceof Pin.Settled settled) {
          believed.add(settled.version());
          arrived.add(String.valueOf(settled.version()));
        } else if (pin instanceof Pin.Moving moving) {
          believed.add(moving.from());
        }
      }
      assertThat(believed).as("step " + step).hasSizeLessThan(2);
    }
    assertThat(arrived).as("the game did move pins").hasSizeGreaterThan(2);
  }
}
