package dev.phial.crypto.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phial.crypto.fips.CounterKdf;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.fips.HmacSha256;
import dev.phial.crypto.testing.Keys;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class DataKeyTest {
  private static final KeyAccess ACCESS = KeyAccess.toKeyMaterial();

  @Test
  void the_key_keeps_its_own_copy_and_lends_copies_that_are_wiped() {
    byte[] material = new byte[32];
    Arrays.fill(material, (byte) 9);
    DataKey key = DataKey.of(new KeyId(1, 1), KeyPurpose.ENCRYPT, material);
    Arrays.fill(material, (byte) 0);
    AtomicReference<byte[]> lent = new AtomicReference<>(new byte[0]);
    int first = key.withMaterial(ACCESS, bytes -> {
      lent.set(bytes);
      return (int) bytes[0];
    });
    assertThat(first).isEqualTo(9);
    assertThat(lent.get()).hasSize(32).containsOnly(0);
  }

  @Test
  void what_is_prepared_is_made_once_and_goes_with_the_key() {
    DataKey key = Keys.encrypt();
    AtomicInteger made = new AtomicInteger();
    for (int i = 0; i < 3; i++) {
      assertThat(key.prepared(ACCESS, Integer.class, bytes -> made.incrementAndGet()))
          .isEqualTo(1);
    }
    key.destroy();
    assertThat(key.isDestroyed()).isTrue();
    assertThatThrownBy(() -> key.prepared(ACCESS, Integer.class, bytes -> 2))
        .isInstanceOf(KeyDestroyedException.class);
    assertThatThrownBy(() -> key.withMaterial(ACCESS, bytes -> 2))
        .isInstanceOf(KeyDestroyedException.class);
  }

  @Test
  void its_text_is_fixed_and_two_handles_are_not_equal() {
    assertThat(Keys.encrypt().toString()).isEqualTo("DataKey[ENCRYPT v1]");
    assertThat(Keys.encrypt()).isNotEqualTo(Keys.encrypt());
  }

  @Test
  void another_length_is_refused() {
    assertThatThrownBy(() -> DataKey.of(new KeyId(1, 1), KeyPurpose.INDEX, new byte[31]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new KeyId(1, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_derived_key_is_SP_800_108_in_counter_mode() {
    FipsModule module = FipsModule.start();
    byte[] key = new byte[32];
    byte[] context = {1, 2, 3};
    byte[] derived = new CounterKdf(module).derive(key, "label", context, 32);
    ByteArrayOutputStream input = new ByteArrayOutputStream();
    input.writeBytes(new byte[] {0, 0, 0, 1});
    input.writeBytes("label\0".getBytes(StandardCharsets.US_ASCII));
    input.writeBytes(context);
    input.writeBytes(new byte[] {0, 0, 1, 0});
    assertThat(derived).isEqualTo(new HmacSha256(module, key).digest(input.toByteArray()));
  }
}
