package dev.phial.crypto.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phial.crypto.context.ContextKind;
import dev.phial.crypto.context.DataContext;
import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.key.KeyPurpose;
import dev.phial.crypto.testing.Keys;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Threat T5, for every sealed form. */
class SealedContextTest {
  private static final byte[] PLAINTEXT = {1, 2, 3};
  private static final List<String> NAMES = List.of("a", "ab", "b", "c", "abc");
  private static final List<Map<String, String>> CALLERS = List.of(
      Map.of(),
      Map.of("ab", "c"),
      Map.of("a", "bc"),
      Map.of("c", "ab"),
      Map.of("ab", "c", "a", "bc"));

  private final DataKey key = Keys.encrypt();

  /** Tenant, name, caller's context, keyset and version, each in five values: 3125 sealed, six openings of each. */
  @ParameterizedTest
  @EnumSource(SealedForm.class)
  void T5_it_opens_in_its_own_context_and_under_its_own_key_only(SealedForm form) {
    List<Case> all = matrix();
    SplittableRandom random = new SplittableRandom(55);
    int opened = 0;
    for (Case sealing : all) {
      byte[] sealed = form.seal(sealing.key, sealing.context, PLAINTEXT);
      assertThat(form.opens(sealing.key, sealing.context, sealed)).isTrue();
      opened++;
      List<Case> others = sealing.neighbours(all);
      others.add(all.get((all.indexOf(sealing) + 1 + random.nextInt(all.size() - 1)) % all.size()));
      for (Case other : others) {
        assertThat(form.opens(other.key, other.context, sealed)).isFalse();
      }
    }
    assertThat(opened).isEqualTo(3125);
  }

  @ParameterizedTest
  @EnumSource(SealedForm.class)
  void T5_texts_that_join_to_the_same_are_told_apart(SealedForm form) {
    byte[] sealed = form.seal(key, DataContext.of("ab", "c"), PLAINTEXT);
    assertThat(form.opens(key, DataContext.of("ab", "c"), sealed)).isTrue();
    assertThat(form.opens(key, DataContext.of("a", "bc"), sealed)).isFalse();
    byte[] entry = form.seal(key, new DataContext("t", "e", Map.of("ab", "c")), PLAINTEXT);
    assertThat(form.opens(key, new DataContext("t", "e", Map.of("a", "bc")), entry))
        .isFalse();
  }

  @ParameterizedTest
  @EnumSource(SealedForm.class)
  void T5_a_missing_context_is_refused_and_so_is_one_too_many(SealedForm form) {
    DataContext with = new DataContext("t", "e", Map.of("patient", "p-1"));
    DataContext without = DataContext.of("t", "e");
    assertThat(form.opens(key, without, form.seal(key, with, PLAINTEXT))).isFalse();
    assertThat(form.opens(key, with, form.seal(key, without, PLAINTEXT))).isFalse();
  }

  @ParameterizedTest
  @EnumSource(SealedForm.class)
  void T19_what_one_form_sealed_no_other_opens(SealedForm form) {
    DataContext context = DataContext.of("t", "e");
    byte[] sealed = form.seal(key, context, new byte[100]);
    for (SealedForm other : SealedForm.values()) {
      assertThat(other.opens(key, context, sealed)).isEqualTo(other == form);
      byte[] relabelled = sealed.clone();
      relabelled[Layout.FORMAT_AT] = other.seal(key, context, PLAINTEXT)[Layout.FORMAT_AT];
      relabelled[Layout.SUITE_AT] = other.seal(key, context, PLAINTEXT)[Layout.SUITE_AT];
      assertThat(other.opens(key, context, relabelled)).isEqualTo(other == form);
    }
  }

  @Test
  void contexts_of_two_kinds_never_have_the_same_bytes() {
    List<byte[]> seen = new ArrayList<>();
    for (Case c : matrix().subList(0, 125)) {
      for (ContextKind kind : ContextKind.values()) {
        seen.add(c.context.canonical(kind));
      }
    }
    assertThat(seen.stream().map(Arrays::toString).distinct()).hasSize(375);
  }

  private static List<Case> matrix() {
    List<Case> cases = new ArrayList<>();
    DataKey[][] keys = new DataKey[5][5];
    for (int keyset = 0; keyset < 5; keyset++) {
      for (int version = 0; version < 5; version++) {
        keys[keyset][version] = Keys.filled(KeyPurpose.ENCRYPT, keyset, version + 1, 7);
      }
    }
    for (int i = 0; i < 3125; i++) {
      int[] at = {i % 5, i / 5 % 5, i / 25 % 5, i / 125 % 5, i / 625};
      DataContext context = new DataContext(NAMES.get(at[0]), NAMES.get(at[1]), CALLERS.get(at[2]));
      cases.add(new Case(at, keys[at[3]][at[4]], context));
    }
    return cases;
  }

  private static final class Case {
    final int[] at;
    final DataKey key;
    final DataContext context;

    Case(int[] at, DataKey key, DataContext context) {
      this.at = at;
      this.key = key;
      this.context = context;
    }

    /** Those that differ in one dimension only, by one step. */
    List<Case> neighbours(List<Case> all) {
      List<Case> neighbours = new ArrayList<>();
      int weight = 1;
      int index = at[0] + 5 * (at[1] + 5 * (at[2] + 5 * (at[3] + 5 * at[4])));
      for (int dimension = 0; dimension < 5; dimension++) {
        int step = at[dimension] == 4 ? -4 : 1;
        neighbours.add(all.get(index + step * weight));
        weight *= 5;
      }
      return neighbours;
    }
  }
}
