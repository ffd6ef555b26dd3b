package dev.phial.crypto.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DataContextTest {
  private static final List<String> TEXTS =
      List.of("a", "b", "ab", "a\u0000", "\u0000a", "aa", "é", "e\u0301", "\uD83D\uDE00");

  @Test
  void two_contexts_have_the_same_bytes_only_when_they_are_equal() {
    Map<ByteBuffer, DataContext> seen = new HashMap<>();
    for (DataContext context : contexts()) {
      DataContext earlier = seen.put(ByteBuffer.wrap(context.canonical()), context);
      assertThat(earlier == null || earlier.equals(context)).isTrue();
    }
    assertThat(seen).hasSizeGreaterThan(5_000);
  }

  private static List<DataContext> contexts() {
    List<Map<String, String>> callers = new ArrayList<>(List.of(Map.of()));
    for (String name : TEXTS) {
      callers.add(Map.of(name, ""));
      TEXTS.forEach(value -> callers.add(Map.of(name, value)));
    }
    callers.add(Map.of("a", "b", "ab", "a"));
    callers.add(Map.of("a", "bab", "b", ""));
    List<DataContext> contexts = new ArrayList<>();
    for (String tenant : TEXTS) {
      for (String element : TEXTS) {
        callers.forEach(caller -> contexts.add(new DataContext(tenant, element, caller)));
      }
    }
    return contexts;
  }

  @Test
  void the_order_in_which_the_caller_names_things_does_not_matter() {
    Map<String, String> oneWay = new LinkedHashMap<>();
    oneWay.put("patient", "p1");
    oneWay.put("document", "d1");
    Map<String, String> otherWay = new LinkedHashMap<>();
    otherWay.put("document", "d1");
    otherWay.put("patient", "p1");
    assertThat(new DataContext("t", "e", oneWay).canonical())
        .isEqualTo(new DataContext("t", "e", otherWay).canonical());
  }

  @Test
  void the_encoding_is_the_documented_one() {
    byte[] encoded =
        new DataContext("t", "e", Map.of("b", "", "\uE000", "1", "\uD83D\uDE00", "2")).canonical();
    assertThat(HexFormat.of().formatHex(encoded))
        .isEqualTo(
            "706869616c20636f6e74657874203100" + "00000001" + "74" + "00000001" + "65" + "00000003"
                + "0000000162" + "00000000"
                // U+E000 before U+1F600: the order of UTF-8 bytes, not that of UTF-16 units.
                + "00000003ee8080" + "0000000131" + "00000004f09f9880" + "0000000132");
  }

  @Test
  void an_unpaired_surrogate_and_a_missing_name_are_refused() {
    DataContext broken = new DataContext("t", "e", Map.of("x", "\uD800"));
    assertThatThrownBy(broken::canonical)
        .isInstanceOf(IllegalArgumentException.class)
        .hasNoCause();
    assertThatThrownBy(() -> DataContext.of("", "e")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> DataContext.of("t", "")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void the_callers_context_is_not_shown() {
    assertThat(new DataContext("t", "e", Map.of("patient", "Ada")).toString())
        .doesNotContain("Ada");
  }
}
