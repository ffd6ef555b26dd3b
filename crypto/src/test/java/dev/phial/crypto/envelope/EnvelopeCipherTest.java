package dev.phial.crypto.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phial.crypto.context.DataContext;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.key.KeyDestroyedException;
import dev.phial.crypto.key.KeyId;
import dev.phial.crypto.key.KeyPurpose;
import dev.phial.crypto.testing.Keys;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeCipherTest {
  private static final byte[] PLAINTEXT = "Ada Example".getBytes(StandardCharsets.UTF_8);
  private static final DataContext CONTEXT = DataContext.of("north", "given_name");

  private final EnvelopeCipher cipher = new EnvelopeCipher(FipsModule.start());
  private final DataKey key = Keys.encrypt();

  @Test
  void what_was_sealed_opens() {
    byte[] sealed = cipher.seal(key, CONTEXT, PLAINTEXT);
    assertThat(cipher.open(key, CONTEXT, Envelope.parse(sealed))).isEqualTo(PLAINTEXT);
  }

  @Test
  void random_sizes_open_to_what_was_sealed() {
    SplittableRandom random = new SplittableRandom(18);
    for (int i = 0; i < 400; i++) {
      byte[] plaintext = new byte[i < 300 ? i : random.nextInt(70_000)];
      random.nextBytes(plaintext);
      byte[] sealed = cipher.seal(key, CONTEXT, plaintext);
      assertThat(sealed).hasSize(89 + plaintext.length);
      assertThat(cipher.open(key, CONTEXT, Envelope.parse(sealed))).isEqualTo(plaintext);
    }
  }

  @Test
  void ten_megabytes_open_to_what_was_sealed() {
    byte[] plaintext = new byte[10_000_000];
    new SplittableRandom(10).nextBytes(plaintext);
    byte[] sealed = cipher.seal(key, CONTEXT, plaintext);
    assertThat(Arrays.equals(cipher.open(key, CONTEXT, Envelope.parse(sealed)), plaintext))
        .isTrue();
  }

  @Test
  void a_plaintext_over_the_limit_is_refused() {
    byte[] tooLong = new byte[EnvelopeCipher.MAX_PLAINTEXT + 1];
    assertThatThrownBy(() -> cipher.seal(key, CONTEXT, tooLong))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void every_bit_of_an_envelope_flipped_is_refused() {
    byte[] sealed = cipher.seal(key, CONTEXT, PLAINTEXT);
    for (int bit = 0; bit < sealed.length * 8; bit++) {
      byte[] changed = sealed.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertRefused(changed);
    }
  }

  @Test
  void every_shortening_and_lengthening_is_refused() {
    byte[] sealed = cipher.seal(key, CONTEXT, PLAINTEXT);
    for (int length = 0; length < sealed.length + 20; length++) {
      if (length != sealed.length) {
        assertRefused(Arrays.copyOf(sealed, length));
      }
    }
  }

  private void assertRefused(byte[] envelope) {
    assertThatThrownBy(() -> cipher.open(key, CONTEXT, Envelope.parse(envelope)))
        .isInstanceOfAny(OpenFailedException.class, EnvelopeFormatException.class);
  }

  @Test
  void a_key_of_the_same_id_but_other_material_is_refused() {
    DataKey other = Keys.filled(KeyPurpose.ENCRYPT, key.id().keyset(), key.id().version(), 0x44);
    Envelope envelope = Envelope.parse(cipher.seal(key, CONTEXT, PLAINTEXT));
    assertThatThrownBy(() -> cipher.open(other, CONTEXT, envelope))
        .isInstanceOf(OpenFailedException.class);
  }

  @Test
  void all_refusals_of_an_envelope_look_the_same() {
    Envelope envelope = Envelope.parse(cipher.seal(key, CONTEXT, PLAINTEXT));
    DataKey other = Keys.filled(KeyPurpose.ENCRYPT, key.id().keyset(), key.id().version(), 0x44);
    String wrongKey = messageOf(other, CONTEXT, envelope);
    String wrongContext = messageOf(key, DataContext.of("south", "given_name"), envelope);
    assertThat(wrongKey).isEqualTo(wrongContext).isNotEmpty();
  }

  private String messageOf(DataKey with, DataContext context, Envelope envelope) {
    try {
      cipher.open(with, context, envelope);
      return "";
    } catch (OpenFailedException e) {
      assertThat(e.getCause()).isNull();
      return String.valueOf(e.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4})
  void another_format_or_suite_is_refused_by_name(int at) {
    byte[] sealed = cipher.seal(key, CONTEXT, PLAINTEXT);
    for (int other : new int[] {0, 2, 255}) {
      sealed[at] = (byte) other;
      assertThatThrownBy(() -> Envelope.parse(sealed))
          .isInstanceOf(EnvelopeFormatException.class)
          .hasMessageContaining("does not know");
    }
  }

  @Test
  void the_key_id_is_readable_without_the_key() {
    DataKey named = Keys.filled(KeyPurpose.ENCRYPT, -2, 37, 1);
    assertThat(Envelope.parse(cipher.seal(named, CONTEXT, PLAINTEXT)).keyId())
        .isEqualTo(new KeyId(-2, 37));
  }

  @Test
  void a_key_for_another_purpose_is_refused() {
    assertThatThrownBy(() -> cipher.seal(Keys.tokenize(), CONTEXT, PLAINTEXT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("TOKENIZE");
  }

  @Test
  void a_destroyed_key_seals_and_opens_nothing() {
    DataKey shortLived = Keys.encrypt();
    byte[] sealed = cipher.seal(shortLived, CONTEXT, PLAINTEXT);
    shortLived.destroy();
    assertThatThrownBy(() -> cipher.seal(shortLived, CONTEXT, PLAINTEXT))
        .isInstanceOf(KeyDestroyedException.class);
    assertThatThrownBy(() -> cipher.open(shortLived, CONTEXT, Envelope.parse(sealed)))
        .isInstanceOf(KeyDestroyedException.class);
  }

  @Test
  void changing_the_array_after_parsing_changes_nothing() {
    byte[] sealed = cipher.seal(key, CONTEXT, PLAINTEXT);
    Envelope envelope = Envelope.parse(sealed);
    Arrays.fill(sealed, (byte) 0);
    assertThat(cipher.open(key, CONTEXT, envelope)).isEqualTo(PLAINTEXT);
  }
}
