package dev.phial.gateway.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlFileTest {
  private final Problems problems = new Problems();

  private YamlNode parse(String yaml) {
    return new YamlFile("f.yaml", problems).parse(yaml.getBytes(StandardCharsets.UTF_8));
  }

  private void assertProblem(String problem) {
    assertThat(problems.list()).extracting(Problem::toString).contains(problem);
  }

  @Test
  void reads_texts_numbers_flags_lists_and_aliases() {
    YamlFields fields =
        parse("a: &x text\nb: 5\nc: true\nd: [one, two]\ne: *x\n").fields();
    assertThat(fields.text("a")).isEqualTo("text");
    assertThat(fields.integer("b", 0, 9, 0)).isEqualTo(5);
    assertThat(fields.flag("c", false)).isTrue();
    assertThat(fields.required("d").orElseThrow().items())
        .extracting(YamlNode::text)
        .containsExactly("one", "two");
    assertThat(fields.text("e")).isEqualTo("text");
    fields.done();
    assertThat(problems.isEmpty()).isTrue();
  }

  @Test
  void collects_every_problem_with_line_and_column() {
    YamlFields fields = parse("a: [5]\nb: text\nadress: x\n").fields();
    fields.text("a");
    fields.integer("b", 0, 9, 0);
    fields.optional("address");
    fields.text("missing");
    fields.done();
    assertProblem("f.yaml:1:4: a: must be text");
    assertProblem("f.yaml:2:4: b: must be a whole number");
    assertProblem("f.yaml:3:1: adress: no such key; did you mean 'address'?");
    assertProblem("f.yaml:1:1: 'missing' is missing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a: 1\\na: 2|f.yaml:2:1: a: is written twice; keep one",
        "a: !!java.net.URL [x]|f.yaml:1:4: a: has a tag; tags are not used here, remove it",
        "a: !x 5|f.yaml:1:4: a: has a tag; tags are not used here, remove it",
        "? [a, b]\\n: c|f.yaml:1:3: has a key that is not plain text",
        "a: [1, 2|f.yaml:1:9: is not YAML: expected ',' or ']', but got <stream end>",
        "'# nothing'|f.yaml: is empty",
        "a: &x [*x]|f.yaml:1:9: a[0]: is too deep, or aliases make the document too large"
      })
  void refuses(String yaml, String problem) {
    parse(yaml.replace("\\n", "\n"));
    if (yaml.contains("*x")) {
      assertThat(problems.list()).singleElement().asString().contains("too deep, or aliases");
    } else {
      assertProblem(problem);
    }
  }

  @Test
  void refuses_a_second_document() {
    parse("a: 1\n---\nb: 2\n");
    assertThat(problems.list()).singleElement().asString().startsWith("f.yaml:2:1: is not YAML");
  }

  @Test
  void refuses_a_billion_laughs_in_no_time() {
    String lol = IntStream.range(1, 12)
        .mapToObj(i -> "a" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ",").repeat(9) + "x]\n")
        .collect(Collectors.joining("", "a0: &a0 x\n", ""));
    parse(lol);
    assertThat(problems.isEmpty()).isFalse();
  }

  @Test
  void refuses_deep_nesting() {
    parse("[".repeat(5_000) + "]".repeat(5_000));
    assertThat(problems.isEmpty()).isFalse();
  }

  @Test
  void refuses_what_is_not_utf8_or_too_large(@TempDir Path directory) throws Exception {
    YamlFile file = new YamlFile("f.yaml", problems);
    file.parse(new byte[] {'a', ':', ' ', (byte) 0xC0, (byte) 0xB1});
    assertProblem("f.yaml: is not UTF-8");
    Path large = Files.write(directory.resolve("large"), new byte[(1 << 20) + 1]);
    assertThat(file.bytes(large)).isEmpty();
    assertProblem("f.yaml: is larger than 1 MiB");
  }

  @Test
  void does_not_repeat_the_text_of_a_broken_line() {
    parse("passphrase: 'correct horse\n");
    assertThat(problems.list().toString()).doesNotContain("correct");
  }
}
