package dev.phial.kms.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {

  private static Json parse(String text) throws IOException {
    return Json.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void reads_nested_values_by_their_paths_and_passes_arrays_over() throws IOException {
    Json json = parse(
        "{\"a\": {\"b\": true, \"c\": [1, {\"d\": 2}]}, \"e\": 7, \"f\": null, \"g\": \"x\"}");
    assertThat(json.text("a.b")).isEqualTo("true");
    assertThat(json.text("e")).isEqualTo("7");
    assertThat(json.find("f")).isEmpty();
    assertThat(json.find("a.c.d")).isEmpty();
    assertThat(json.text("g")).isEqualTo("x");
    assertThat(json).hasToString("Json[3 values]");
  }

  @Test
  void refuses_what_is_no_object_or_was_cut_short() {
    String whole = "{\"a\": {\"b\": \"c\"}, \"d\": [1, 2]}";
    for (int length = 0; length < whole.length(); length++) {
      String part = whole.substring(0, length);
      assertThatThrownBy(() -> parse(part)).as(part).isInstanceOf(IOException.class);
    }
    for (String other : new String[] {"[]", "\"a\"", "1", "null", "<html>", "{a: 1}"}) {
      assertThatThrownBy(() -> parse(other)).as(other).isInstanceOf(IOException.class);
    }
  }

  @Test
  void refuses_nesting_without_end() {
    assertThatThrownBy(() -> parse("{\"a\":".repeat(100_000))).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> parse("{\"a\":" + "[".repeat(100_000)))
        .isInstanceOf(IOException.class);
  }

  @Test
  void writes_texts_so_that_nothing_gets_out_of_them() throws IOException {
    String wicked = "\",\"admin\":\"true\n\u0000";
    Json read = Json.parse(Json.write(Map.of("a", wicked)));
    assertThat(read.text("a")).isEqualTo(wicked);
    assertThat(read.find("admin")).isEmpty();
  }
}
