package dev.phial.crypto.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarksTest {

  @Test
  void the_version_of_a_mark_is_read() {
    for (int version : new int[] {1, 9, 10, 35, 36, 1295, 1296, Integer.MAX_VALUE}) {
      assertThat(Marks.versionOf(Marks.mark(version, "x"))).isEqualTo(OptionalInt.of(version));
    }
    assertThat(Marks.mark(36, "a.b")).isEqualTo("pt10.a.b");
    assertThat(Marks.bodyOf("pt10.a.b")).isEqualTo("a.b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "pt",
        "pt.",
        "pt.x",
        "pt1",
        "pt1.",
        "pt0.x",
        "pt01.x",
        "pt-1.x",
        "pt+1.x",
        "ptA.x",
        "PT1.x",
        " pt1.x",
        "ptzzzzzz.x",
        "ptzzzzzzzzzzzzz.x",
        "123-45-6789",
        "pt\u0661.x"
      })
  void other_texts_have_no_mark(String text) {
    assertThat(Marks.versionOf(text)).isEmpty();
  }
}
