package dev.phial.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** {@code phial selftest --vectors}, as an auditor uses it. The ACVP samples are NIST's. */
class SelftestVectorsTest {
  private static final Path SHARED =
      Path.of(System.getProperty("phial.shared", "../../shared"), "data");

  private static final String QUESTIONS = """
      {"vsId": 42, "algorithm": "ACVP-AES-FF1", "revision": "1.0", "isSample": false, "testGroups": [
        {"tgId": 1, "testType": "AFT", "direction": "encrypt", "keyLen": 128, "alphabet": "0123456789", "radix": 10,
         "tests": [
          {"tcId": 1, "tweak": "", "tweakLen": 0, "pt": "0846108952",
           "key": "CF11A34764AB09FFBF8B8A1660E881A2"},
          {"tcId": 3, "tweak": "167F4D5BE41F56", "tweakLen": 56, "pt": "78917394023964149540436650710442239",
           "key": "69B78DCE4755CFD6B0D6ED4843B85B0A"}]},
        {"tgId": 3, "testType": "AFT", "direction": "decrypt", "keyLen": 128,
         "alphabet": "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+/", "radix": 64,
         "tests": [
          {"tcId": 53, "tweak": "DEE64526", "tweakLen": 32, "ct": "MUhwoK1+HQgtOO",
           "key": "CDA2BF89FEBCEA57DC89622EB074E616"}]}]}
      """;
  private static final String ANSWERS = """
      {"vsId": 42, "algorithm": "ACVP-AES-FF1", "revision": "1.0", "testGroups": [
        {"tgId": 1, "tests": [{"tcId": 1, "ct": "7759031405"},
                              {"tcId": 3, "ct": "41453449297956880604605360387505540"}]},
        {"tgId": 3, "tests": [{"tcId": 53, "pt": "stWWxFAGy4HI/d"}]}]}
      """;
  private static final String BOTH = QUESTIONS
      .replace("\"0846108952\"", "\"0846108952\", \"ct\": \"7759031405\"")
      .replace(
          "\"78917394023964149540436650710442239\"",
          "\"78917394023964149540436650710442239\", \"ct\": \"41453449297956880604605360387505540\"")
      .replace("\"MUhwoK1+HQgtOO\"", "\"MUhwoK1+HQgtOO\", \"pt\": \"stWWxFAGy4HI/d\"");

  /** RFC 4231, test case 1, its tag changed, and a key that approved mode refuses. */
  private static final String HMAC = """
      {"algorithm": "HMACSHA256", "numberOfTests": 3, "testGroups": [{"type": "MacTest", "tagSize": 256, "tests": [
        {"tcId": 1, "key": "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "msg": "4869205468657265",
         "tag": "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7", "result": "valid"},
        {"tcId": 2, "key": "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "msg": "4869205468657265",
         "tag": "b1344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7", "result": "invalid"},
        {"tcId": 3, "key": "4a656665", "msg": "7768617420646f2079612077616e7420666f72206e6f7468696e673f",
         "tag": "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843", "result": "valid"}]}]}
      """;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  private record Result(int exit, String out, String err) {}

  private Result selftest(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line =
        PhialCommand.line().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    List<String> all = new ArrayList<>(List.of("selftest"));
    Stream.of(arguments).map(Object::toString).forEach(all::add);
    int exit = line.execute(all.toArray(String[]::new));
    return new Result(exit, out.toString(), err.toString());
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  @Test
  void NISTs_questions_and_answers_in_one_file_pass_through_both_engines() throws IOException {
    Result result = selftest("--vectors", file("internalProjection.json", BOTH));

    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.out().lines().toList())
        .hasSize(4)
        .anyMatch(line -> line.matches("internalProjection.json +composed +3 +0 +0 +0"))
        .anyMatch(line -> line.matches("internalProjection.json +module +3 +0 +0 +0"))
        .endsWith("0 wrong");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void questions_find_their_answers_in_another_file_in_either_order(boolean answersFirst)
      throws IOException {
    Path questions = file("prompt.json", "[{\"acvVersion\": \"1.0\"}, " + QUESTIONS + "]");
    Path answers = file("expectedResults.json", ANSWERS);
    Result result = answersFirst
        ? selftest("--json", "--vectors", answers, questions)
        : selftest("--vectors", questions, answers, "--json");

    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.out().lines())
        .hasSize(2)
        .first()
        .isEqualTo("{\"file\":\"prompt.json\",\"algorithm\":\"ACVP-AES-FF1\","
            + "\"publisher\":\"NIST ACVP\",\"engine\":\"composed\",\"passed\":3,\"refused\":0,"
            + "\"wrong\":[],\"not_applicable\":{}}");
  }

  @Test
  void a_wrong_answer_is_named_and_gives_exit_code_1() throws IOException {
    Path wrong = file("wrong.json", BOTH.replace("7759031405", "7759031406"));
    Result table = selftest("--vectors", wrong);
    Result lines = selftest("--json", "--vectors", wrong);

    assertThat(table.exit()).isEqualTo(1);
    assertThat(table.out()).contains("WRONG: tcId 1\n").endsWith("2 wrong\n");
    assertThat(lines.exit()).isEqualTo(1);
    assertThat(lines.out()).contains("\"wrong\":[1]");
  }

  @Test
  void what_is_refused_on_purpose_comes_with_its_limit() throws IOException {
    Result result = selftest("--vectors", file("hmac.json", HMAC));

    assertThat(result.exit()).isZero();
    assertThat(result.out())
        .containsPattern("composed +1 +1 +0 +1: 1 HMAC key below 112 bits")
        .containsPattern("module +1 +1 +0 +1: 1 HMAC key below 112 bits");
  }

  @Test
  void an_invalid_input_that_is_taken_is_wrong() throws IOException {
    String invalid = BOTH.replace("ACVP-AES-FF1", "AES-FF1")
        .replace("\"pt\"", "\"msg\"")
        .replace("\"tweakLen\"", "\"result\": \"invalid\", \"tweakLen\"");
    Result result = selftest("--json", "--vectors", file("invalid.json", invalid));

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out()).contains("\"wrong\":[1,3,53]");
  }

  static Stream<List<String>> notUnderstood() {
    return Stream.of(
        List.of("", "is not JSON"),
        List.of("{\n\"algorithm\": oops", "is not JSON: see line 2"),
        List.of("{} {}", "is not JSON"),
        List.of("{\"a\": 1, \"a\": 2}", "is not JSON"),
        List.of("[]", "holds no testGroups"),
        List.of("{}", "names no algorithm; understood are Wycheproof's AES-FF1, AES-GCM"),
        List.of("{\"algorithm\": \"ECDSA\"}", "is for another algorithm; understood are"),
        List.of("{\"algorithm\": \"AES-GCM\"}", ".testGroups is missing"),
        List.of(HMAC.replace("4a656665", "no"), ".testGroups[0].tests[2].key is not hexadecimal"),
        List.of(HMAC.replace("\"invalid\"", "\"maybe\""), "[1].result is none of valid, invalid"),
        List.of(HMAC.replace("\"tcId\": 2", "\"tcId\": \"2\""), ".tcId is not a whole number"),
        List.of(QUESTIONS, "tests[0] has no answer: name the set's expectedResults.json as well"),
        List.of(ANSWERS.replace("42", "43"), "name the set's prompt.json as well"),
        List.of("[".repeat(100), "is not JSON"));
  }

  @ParameterizedTest
  @MethodSource("notUnderstood")
  void a_file_that_is_not_understood_is_named_with_the_place_and_nothing_is_asked(
      List<String> contentAndReason) throws IOException {
    Path good = file("good.json", BOTH);
    Path bad = file("bad.json", contentAndReason.get(0));
    Result result = selftest("--vectors", good, bad);

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("bad.json").contains(contentAndReason.get(1));
  }

  @Test
  void a_missing_file_a_folder_and_no_file_are_wrong_usage() {
    assertThat(selftest("--vectors", folder.resolve("absent.json")))
        .extracting(Result::exit, Result::out)
        .containsExactly(2, "");
    assertThat(selftest("--vectors", folder).exit()).isEqualTo(2);
    assertThat(selftest("--vectors").exit()).isEqualTo(2);
    assertThat(selftest("--vectors", folder.resolve("absent.json")).err())
        .contains("absent.json does not exist");
  }

  @Test
  void help_says_what_is_understood_and_the_exit_codes() {
    assertThat(selftest("--help").out())
        .contains("--vectors", "expectedResults.json", "2 a file is missing");
  }

  @ParameterizedTest
  @CsvSource({
    "wycheproof/aes_gcm_test.json, composed, 39, 87",
    "wycheproof/aes_gcm_test.json, module, 192, 87",
    "wycheproof/aes_wrap_test.json, module, 36, 129",
    "wycheproof/aes_kwp_test.json, module, 77, 177",
    "wycheproof/hmac_sha1_test.json, module, 60, 104",
    "wycheproof/hmac_sha256_test.json, composed, 66, 108",
    "wycheproof/hkdf_sha256_test.json, module, 83, 3",
    "wycheproof-ff1/aes_ff1_base62_test.json, composed, 2133, 335",
    "wycheproof-ff1/aes_ff1_radix256_test.json, module, 1755, 263",
  })
  void Wycheproofs_files_as_they_are_distributed(
      String name, String engine, int passed, int refused) {
    Path file = SHARED.resolve(name);
    assumeTrue(Files.isReadable(file), "skipped: " + name + " is not beside the project");
    Result result = selftest("--json", "--vectors", file);

    assertThat(result.exit()).as(result.out()).isZero();
    assertThat(result.out())
        .contains("\"engine\":\"" + engine + "\",\"passed\":" + passed + ",\"refused\":" + refused
            + ",\"wrong\":[]");
  }
}
