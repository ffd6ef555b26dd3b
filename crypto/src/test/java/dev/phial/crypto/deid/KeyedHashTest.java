package dev.phial.crypto.deid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.key.KeyDestroyedException;
import dev.phial.crypto.key.KeyPurpose;
import dev.phial.crypto.testing.Keys;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyedHashTest {
  private final FipsModule module = FipsModule.start();
  private final KeyedHash hashes = KeyedHash.of(module, Keys.tokenize(), "north", "mrn");

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void a_hash_may_stand_where_a_fhir_id_may() {
    for (int i = 0; i < 500; i++) {
      String hash = hashes.hash(bytes("value " + i));
      assertThat(hash).matches("[A-Za-z0-9.-]{1,64}");
      assertThat(KeyedHash.looksLikeHash(hash)).isTrue();
    }
  }

  @Test
  void tenant_element_key_and_value_each_give_another_hash() {
    Set<String> seen = new HashSet<>();
    for (DataKey key : List.of(Keys.tokenize(), Keys.filled(KeyPurpose.TOKENIZE, 1, 1, 0x66))) {
      for (String tenant : List.of("north", "south")) {
        for (String element : List.of("mrn", "ssn")) {
          KeyedHash each = KeyedHash.of(module, key, tenant, element);
          seen.add(each.hash(bytes("1")));
          seen.add(each.hash(bytes("")));
        }
      }
    }
    assertThat(seen).hasSize(16);
  }

  /** T22: an unkeyed digest of one of a billion SSNs is undone in seconds. */
  @ParameterizedTest
  @ValueSource(strings = {"SHA-256", "SHA-512", "SHA-1", "MD5"})
  void no_value_appears_as_a_plain_digest(String algorithm) throws Exception {
    for (String value : List.of("536-27-8841", "536278841", "1958-03-14", "02139", "")) {
      byte[] plain = MessageDigest.getInstance(algorithm).digest(bytes(value));
      String hash = hashes.hash(bytes(value));
      assertThat(bits(hash)).isNotEqualTo(new BigInteger(1, plain).toString(16));
      assertThat(hash)
          .doesNotContain(HexFormat.of().formatHex(plain))
          .doesNotContain(Base64.getUrlEncoder().encodeToString(plain).substring(0, 12));
    }
  }

  /** What the hash's text decodes to, in hex. */
  private static String bits(String hash) {
    BigInteger bits = BigInteger.ZERO;
    for (char symbol : hash.substring(4).toCharArray()) {
      bits = bits.shiftLeft(5)
          .add(BigInteger.valueOf("abcdefghijklmnopqrstuvwxyz234567".indexOf(symbol)));
    }
    return bits.shiftRight(4).toString(16);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hs1.",
        "hs1.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "hs1.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab",
        "hs1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "hs2.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "536-27-8841"
      })
  void what_is_no_hash_is_not_taken_for_one(String text) {
    assertThat(KeyedHash.looksLikeHash(text)).isFalse();
  }

  @Test
  void hashes_end_with_their_key() {
    DataKey key = Keys.filled(KeyPurpose.TOKENIZE, 1, 1, 8);
    KeyedHash ended = KeyedHash.of(module, key, "north", "mrn");
    key.destroy();
    assertThatThrownBy(() -> ended.hash(new byte[0])).isInstanceOf(KeyDestroyedException.class);
  }

  @Test
  void a_key_for_another_purpose_is_refused() {
    assertThatThrownBy(() -> KeyedHash.of(module, Keys.encrypt(), "t", "e"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
