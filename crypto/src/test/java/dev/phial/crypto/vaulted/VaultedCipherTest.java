package dev.phial.crypto.vaulted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phial.crypto.context.DataContext;
import dev.phial.crypto.envelope.EnvelopeCipher;
import dev.phial.crypto.envelope.EnvelopeText;
import dev.phial.crypto.envelope.OpenFailedException;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.key.KeyDestroyedException;
import dev.phial.crypto.key.KeyPurpose;
import dev.phial.crypto.testing.Keys;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VaultedCipherTest {
  private static final byte[] VALUE = "536-27-8841".getBytes(StandardCharsets.UTF_8);

  private final FipsModule module = FipsModule.start();
  private final VaultedCipher cipher = new VaultedCipher(module);
  private final DataKey key = Keys.encrypt();

  private static DataContext context(String tenant, String element, String patient) {
    return new DataContext(tenant, element, Map.of("patient", patient));
  }

  /** Threats T5 and T6, over rows that are moved in the store. */
  @Test
  void a_row_opens_where_it_was_made_and_nowhere_else() {
    DataContext here = context("north", "ssn", "p");
    String sealed = cipher.seal(key, here, "912-44-1203", VALUE);
    assertThat(cipher.open(key, here, "912-44-1203", sealed)).isEqualTo(VALUE);
    for (DataContext other : List.of(
        context("south", "ssn", "p"), context("north", "mrn", "p"), context("north", "ssn", "q"))) {
      refused(other, "912-44-1203", sealed);
    }
    refused(here, "912-44-1204", sealed);
    assertThatThrownBy(() -> cipher.open(
            Keys.filled(KeyPurpose.ENCRYPT, key.id().keyset(), 1, 9), here, "912-44-1203", sealed))
        .isInstanceOf(OpenFailedException.class);
  }

  private void refused(DataContext context, String token, String sealed) {
    assertThatThrownBy(() -> cipher.open(key, context, token, sealed))
        .isInstanceOf(OpenFailedException.class);
  }

  @Test
  void a_row_is_no_ciphertext_and_a_ciphertext_no_row() {
    DataContext context = context("north", "ssn", "p");
    EnvelopeCipher envelopes = new EnvelopeCipher(module);
    String row = cipher.seal(key, context, "1", VALUE);
    assertThatThrownBy(() -> envelopes.open(key, context, EnvelopeText.parse(row)))
        .isInstanceOf(OpenFailedException.class);
    String ciphertext = EnvelopeText.toText(envelopes.seal(key, context, VALUE));
    refused(context, "1", ciphertext);
  }

  @Test
  void a_destroyed_key_opens_nothing() {
    DataKey mortal = Keys.encrypt();
    DataContext context = context("north", "ssn", "p");
    String row = cipher.seal(mortal, context, "1", VALUE);
    mortal.destroy();
    assertThatThrownBy(() -> cipher.open(mortal, context, "1", row))
        .isInstanceOf(KeyDestroyedException.class);
  }

  @Test
  void digests_differ_in_everything_but_equal_values() {
    Set<String> digests = new HashSet<>();
    for (String tenant : List.of("north", "south")) {
      for (String element : List.of("ssn", "mrn")) {
        VaultedLookup lookup = VaultedLookup.of(module, Keys.tokenize(), tenant, element);
        for (Map<String, String> caller : List.of(Map.<String, String>of(), Map.of("a", "b"))) {
          for (String value : List.of("", "1", "12")) {
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            String digest = lookup.digest(caller, bytes);
            assertThat(lookup.digest(caller, bytes)).isEqualTo(digest);
            digests.add(digest);
          }
        }
      }
    }
    assertThat(digests).hasSize(2 * 2 * 2 * 3);
  }
}
