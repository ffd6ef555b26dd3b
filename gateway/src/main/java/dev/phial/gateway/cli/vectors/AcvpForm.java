package dev.phial.gateway.cli.vectors;

import dev.phial.crypto.selftest.Ff1Vector;
import dev.phial.crypto.selftest.Validity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * NIST's ACVP files for AES-FF1. Their generator writes each set three ways: the questions ({@code prompt.json}), the answers
 * ({@code expectedResults.json}), and both in one ({@code internalProjection.json}). Questions find their answers by {@code
 * vsId}, {@code tgId} and {@code tcId}.
 */
final class AcvpForm {
  static final String ALGORITHM = "ACVP-AES-FF1";
  private static final String PUBLISHER = "NIST ACVP";

  /** Names one test in a set. */
  private record TestId(long group, long test) {}

  /** Answers by set. */
  private final Map<Long, Map<TestId, JsonNode>> answers = new HashMap<>();

  /** The sets whose answers nobody has asked for yet. */
  private final Map<Long, JsonNode> unasked = new TreeMap<>();

  /** Whether the file holds answers alone, which then wait for their questions. */
  boolean takeAnswers(JsonNode set) {
    List<JsonNode> groups = set.get("testGroups").items();
    if (groups.stream().anyMatch(group -> group.find("direction").isPresent())) {
      return false;
    }
    unasked.put(vsId(set), set);
    Map<TestId, JsonNode> known = answers.computeIfAbsent(vsId(set), id -> new HashMap<>());
    for (JsonNode group : groups) {
      group.get("tests").items().forEach(test -> known.put(id(group, test), test));
    }
    return true;
  }

  /** @throws VectorFileException when there are answers without questions */
  void requireAsked() {
    unasked.values().stream().findFirst().ifPresent(set -> {
      throw new VectorFileException(
          set.where() + " holds answers only: name the set's prompt.json as well");
    });
  }

  VectorFile read(String name, JsonNode set) {
    unasked.remove(vsId(set));
    List<VectorCase> cases = new ArrayList<>();
    for (JsonNode group : set.get("testGroups").items()) {
      for (JsonNode test : group.get("tests").items()) {
        cases.add(new VectorCase(test.get("tcId").number(), vector(set, group, test)));
      }
    }
    return new VectorFile(name, ALGORITHM, PUBLISHER, cases);
  }

  private Ff1Vector vector(JsonNode set, JsonNode group, JsonNode test) {
    String alphabet = group.get("alphabet").text();
    boolean encrypt = direction(group);
    return new Ff1Vector(
        Validity.VALID,
        group.get("radix").integer(),
        test.get("key").octets(),
        test.get("tweak").octets(),
        Numerals.of(encrypt ? test.get("pt") : answer(set, group, test, "pt"), alphabet),
        Numerals.of(encrypt ? answer(set, group, test, "ct") : test.get("ct"), alphabet));
  }

  private static boolean direction(JsonNode group) {
    JsonNode direction = group.get("direction");
    return switch (direction.text()) {
      case "encrypt" -> true;
      case "decrypt" -> false;
      default ->
        throw new VectorFileException(direction.where() + " is neither encrypt nor decrypt");
    };
  }

  private JsonNode answer(JsonNode set, JsonNode group, JsonNode test, String name) {
    if (test.find(name).isPresent()) {
      return test.get(name);
    }
    JsonNode elsewhere = answers.getOrDefault(vsId(set), Map.of()).get(id(group, test));
    if (elsewhere == null) {
      throw new VectorFileException(
          test.where()
              + " has no answer: name the set's expectedResults.json as well, or its internalProjection.json instead");
    }
    return elsewhere.get(name);
  }

  private static long vsId(JsonNode set) {
    return set.get("vsId").number();
  }

  private static TestId id(JsonNode group, JsonNode test) {
    return new TestId(group.get("tgId").number(), test.get("tcId").number());
  }
}
