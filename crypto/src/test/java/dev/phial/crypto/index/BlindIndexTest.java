package dev.phial.crypto.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.key.KeyDestroyedException;
import dev.phial.crypto.key.KeyPurpose;
import dev.phial.crypto.testing.Keys;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BlindIndexTest {
  private static final byte[] VALUE = "123-45-6789".getBytes(StandardCharsets.UTF_8);
  private final FipsModule module = FipsModule.start();

  @Test
  void equal_values_have_equal_digests() {
    assertThat(BlindIndex.of(module, Keys.index(), "north", "ssn").digest(VALUE))
        .isEqualTo(BlindIndex.of(module, Keys.index(), "north", "ssn").digest(VALUE.clone()))
        .matches("ix1:[A-Za-z0-9_-]{43}");
  }

  @Test
  void tenant_element_key_and_value_each_give_another_digest() {
    Set<String> digests = new HashSet<>();
    DataKey other = Keys.filled(KeyPurpose.INDEX, 1, 1, 0x66);
    for (DataKey key : List.of(Keys.index(), other)) {
      for (String tenant : List.of("north", "south")) {
        for (String element : List.of("ssn", "mrn")) {
          digests.add(BlindIndex.of(module, key, tenant, element).digest(VALUE));
          digests.add(BlindIndex.of(module, key, tenant, element).digest(new byte[0]));
        }
      }
    }
    assertThat(digests).hasSize(16);
  }

  @Test
  void an_index_ends_with_its_key() {
    DataKey key = Keys.filled(KeyPurpose.INDEX, 1, 1, 8);
    BlindIndex index = BlindIndex.of(module, key, "north", "ssn");
    key.destroy();
    assertThatThrownBy(() -> index.digest(VALUE)).isInstanceOf(KeyDestroyedException.class);
  }

  @Test
  void a_key_for_another_purpose_is_refused() {
    assertThatThrownBy(() -> BlindIndex.of(module, Keys.tokenize(), "t", "e"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
