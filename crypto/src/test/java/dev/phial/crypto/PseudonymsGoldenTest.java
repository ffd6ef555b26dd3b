package dev.phial.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phial.crypto.deid.DateShift;
import dev.phial.crypto.deid.KeyedHash;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.index.BlindIndex;
import dev.phial.crypto.index.IndexRule;
import dev.phial.crypto.index.Normalizer;
import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.key.KeyId;
import dev.phial.crypto.key.KeyPurpose;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Answers for the key 00 01 ... 1f that must never change: stored dates, hashes and digests hang on them. They were computed
 * by another program from docs/format.md.
 */
class PseudonymsGoldenTest {
  private final FipsModule module = FipsModule.start();

  private static DataKey key(KeyPurpose purpose) {
    byte[] material = new byte[DataKey.LENGTH];
    for (int i = 0; i < material.length; i++) {
      material[i] = (byte) i;
    }
    return DataKey.of(new KeyId(1, 1), purpose, material);
  }

  @Test
  void shifts_stay() {
    DateShift shift = DateShift.of(module, key(KeyPurpose.TOKENIZE), "north", "dates");
    assertThat(shift.amount(Map.of("patient", "p1"), 365)).isEqualTo(98);
    assertThat(shift.amount(Map.of("patient", "p2"), 365)).isEqualTo(-192);
  }

  @Test
  void hashes_stay() {
    KeyedHash hash = KeyedHash.of(module, key(KeyPurpose.TOKENIZE), "north", "mrn");
    assertThat(hash.hash("MC-0047812".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("hs1.jjnhvuqwd2amr2iftyk3suaor7bqv4vks5ah5yrcwldacjsbd4ca");
  }

  @Test
  void digests_of_a_rule_stay() {
    IndexRule rule = new IndexRule(Set.of(Normalizer.ACCENTS, Normalizer.CASE), 32);
    BlindIndex index = BlindIndex.of(module, key(KeyPurpose.INDEX), "north", "family_name", rule);
    assertThat(index.digest("M\u00dcLLER".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("ix2:a1c1/32:XiJtUw");
  }
}
