package dev.phial.crypto.portable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phial.crypto.context.DataContext;
import dev.phial.crypto.envelope.OpenFailedException;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.key.KeyAccess;
import dev.phial.crypto.key.KeyDestroyedException;
import dev.phial.crypto.key.KeyPurpose;
import dev.phial.crypto.testing.Keys;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortableCipherTest {
  private static final DataContext CONTEXT =
      new DataContext("north", "note", Map.of("patient", "p-1"));
  private static final byte[] PLAINTEXT = {1, 2, 3, 4, 5};

  private final FipsModule module = FipsModule.start();
  private final PortableCipher cipher = new PortableCipher(module);
  private final DataKey dataKey = Keys.encrypt();
  private final PortableKey key = PortableKey.of(module, dataKey, "north", "note");

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 131_072, 200_000})
  void what_was_sealed_opens(int length) {
    byte[] plaintext = new byte[length];
    new SplittableRandom(length).nextBytes(plaintext);
    assertThat(cipher.open(key, CONTEXT, cipher.seal(key, CONTEXT, plaintext)))
        .isEqualTo(plaintext);
  }

  private boolean opens(PortableKey with, DataContext context, byte[] message) {
    try {
      cipher.open(with, context, message);
      return true;
    } catch (OpenFailedException | PortableFormatException e) {
      return false;
    }
  }

  @Test
  void T4_every_bit_flipped_once_is_refused() {
    byte[] message = cipher.seal(key, CONTEXT, PLAINTEXT);
    for (int bit = 0; bit < message.length * 8; bit++) {
      byte[] changed = message.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(opens(key, CONTEXT, changed)).as("bit %d", bit).isFalse();
    }
  }

  @Test
  void every_shortening_and_lengthening_is_refused() {
    byte[] message = cipher.seal(key, CONTEXT, new byte[65_540]);
    for (int length = 0; length < message.length; length += length < 600 ? 1 : 251) {
      assertThat(opens(key, CONTEXT, Arrays.copyOf(message, length))).isFalse();
    }
    assertThat(opens(key, CONTEXT, Arrays.copyOf(message, message.length + 1))).isFalse();
  }

  @Test
  void T5_another_context_is_refused() {
    byte[] message = cipher.seal(key, CONTEXT, PLAINTEXT);
    assertThat(opens(key, CONTEXT, message)).isTrue();
    assertThat(opens(key, DataContext.of("north", "note"), message)).isFalse();
    assertThat(opens(key, new DataContext("south", "note", CONTEXT.caller()), message))
        .isFalse();
    assertThat(opens(key, new DataContext("north", "ssn", CONTEXT.caller()), message))
        .isFalse();
    assertThat(opens(key, new DataContext("north", "note", Map.of("patient", "p-2")), message))
        .isFalse();
  }

  @Test
  void keys_of_another_element_tenant_or_version_are_other_keys() {
    byte[] message = cipher.seal(key, CONTEXT, PLAINTEXT);
    DataKey next = Keys.filled(KeyPurpose.ENCRYPT, dataKey.id().keyset(), 2, 0x11);
    for (PortableKey other : new PortableKey[] {
      PortableKey.of(module, dataKey, "south", "note"),
      PortableKey.of(module, dataKey, "north", "ssn"),
      PortableKey.of(module, next, "north", "note")
    }) {
      assertThat(opens(other, CONTEXT, message)).isFalse();
      assertThat(other.name()).isNotEqualTo(key.name());
    }
    assertThat(PortableKey.of(module, dataKey, "north", "ssn").export(KeyAccess.toKeyMaterial()))
        .isNotEqualTo(key.export(KeyAccess.toKeyMaterial()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"phial-tenant", "phial-x", "aws-crypto-public-key"})
  void reserved_names_of_the_context_are_refused(String name) {
    DataContext reserved = new DataContext("north", "note", Map.of(name, "x"));
    assertThatThrownBy(() -> cipher.seal(key, reserved, PLAINTEXT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("phial- or aws-crypto-");
  }

  @Test
  void a_context_too_long_for_the_format_is_refused() {
    DataContext much = new DataContext("north", "note", Map.of("n", "v".repeat(70_000)));
    assertThatThrownBy(() -> cipher.seal(key, much, PLAINTEXT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("65535");
  }

  @Test
  void a_destroyed_data_key_takes_its_wrapping_keys_along() {
    byte[] message = cipher.seal(key, CONTEXT, PLAINTEXT);
    dataKey.destroy();
    assertThatThrownBy(() -> cipher.open(key, CONTEXT, message))
        .isInstanceOf(KeyDestroyedException.class);
    assertThatThrownBy(() -> key.export(KeyAccess.toKeyMaterial()))
        .isInstanceOf(KeyDestroyedException.class);
  }

  @Test
  void a_process_makes_2_to_the_24_messages_under_one_key_and_no_more() {
    for (long i = 0; i < PortableKey.MOST_MESSAGES; i++) {
      key.countMessage();
    }
    assertThatThrownBy(() -> cipher.seal(key, CONTEXT, PLAINTEXT))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("rotate the keyset");
  }

  @Test
  void random_input_is_refused_and_nothing_else_happens() {
    SplittableRandom random = new SplittableRandom(7);
    byte[] message = cipher.seal(key, CONTEXT, PLAINTEXT);
    for (int round = 0; round < 20_000; round++) {
      byte[] changed = Arrays.copyOf(message, random.nextInt(message.length + 20));
      for (int i = random.nextInt(6); i >= 0 && changed.length > 0; i--) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
      }
      assertThat(Arrays.equals(changed, message) || !opens(key, CONTEXT, changed))
          .isTrue();
    }
  }
}
