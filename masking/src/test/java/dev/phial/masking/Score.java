package dev.phial.masking;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.phial.masking.detect.Findings;
import dev.phial.masking.treat.PolicyMasker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How well a set of the shared data is masked, counted as its own scorer counts: by letters and digits; strict recall is spans
 * changed whole; a value leaks when four characters running of it stand in the masked text more often than they do outside of the
 * values.
 */
final class Score {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, int[]> byType = new HashMap<>();
  private final Map<Identifier, Integer> falseByType = new HashMap<>();
  private long bytes;
  private int leaks;
  private long changed;
  private long changedInside;

  static Score of(Path set) throws IOException {
    Score score = new Score();
    PolicyMasker masker = new PolicyMasker(MaskingPolicy.safeHarbor(), Optional.empty());
    for (String line : Files.readAllLines(set)) {
      score.add(JSON.readTree(line), masker);
    }
    return score;
  }

  private void add(JsonNode record, PolicyMasker masker) {
    String text = record.get("text").asText();
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    bytes += utf8.length;
    int[] points = text.codePoints().toArray();
    boolean[] masked = new boolean[points.length];
    boolean[] gold = new boolean[points.length];
    record
        .get("spans")
        .forEach(span -> fill(gold, span.get("start").asInt(), span.get("end").asInt()));
    Findings findings = masker.find(LogEvent.of(utf8));
    int[] places = places(utf8, points.length);
    for (int i = 0; i < findings.count(); i++) {
      int from = places[findings.from(i)];
      int to = places[findings.to(i)];
      fill(masked, from, to);
      count(points, gold, from, to, findings.identifier(i));
    }
    Masked after = masker.maskNow(LogEvent.of(utf8));
    leaks(
        record, points, gold, new String(((Masked.Event) after).content(), StandardCharsets.UTF_8));
    record.get("spans").forEach(span -> recall(span, points, masked));
  }

  private static void fill(boolean[] at, int from, int to) {
    for (int i = from; i < to; i++) {
      at[i] = true;
    }
  }

  /** For each byte, how many characters stand before it. */
  private static int[] places(byte[] utf8, int points) {
    int[] places = new int[utf8.length + 1];
    int n = 0;
    for (int i = 0; i < utf8.length; i++) {
      places[i] = n;
      n += i + 1 == utf8.length || (utf8[i + 1] & 0xc0) != 0x80 ? 1 : 0;
    }
    places[utf8.length] = points;
    return places;
  }

  private void count(int[] points, boolean[] gold, int from, int to, Identifier identifier) {
    int inside = 0;
    int all = 0;
    for (int i = from; i < to; i++) {
      if (Character.isLetterOrDigit(points[i])) {
        all++;
        inside += gold[i] ? 1 : 0;
      }
    }
    changed += all;
    changedInside += inside;
    if (inside == 0 && all > 0) {
      falseByType.merge(identifier, 1, Integer::sum);
    }
  }

  private void recall(JsonNode span, int[] points, boolean[] masked) {
    if (!span.path("hipaa").asBoolean(true)) {
      return;
    }
    boolean full = true;
    for (int i = span.get("start").asInt(); i < span.get("end").asInt(); i++) {
      full &= masked[i] || !Character.isLetterOrDigit(points[i]);
    }
    int[] counts = byType.computeIfAbsent(span.get("type").asText(), t -> new int[2]);
    counts[0]++;
    counts[1] += full ? 1 : 0;
  }

  private void leaks(JsonNode record, int[] points, boolean[] gold, String masked) {
    if (record.get("spans").isEmpty()) {
      return;
    }
    StringBuilder outside = new StringBuilder();
    for (int i = 0; i < points.length; i++) {
      outside.appendCodePoint(gold[i] ? 0 : points[i]);
    }
    Map<String, Integer> after = windows(masked);
    Map<String, Integer> before = windows(outside.toString());
    for (JsonNode span : record.get("spans")) {
      if (span.path("hipaa").asBoolean(true)
          && leaks(
              new String(
                  points,
                  span.get("start").asInt(),
                  span.get("end").asInt() - span.get("start").asInt()),
              after,
              before)) {
        leaks++;
      }
    }
  }

  private static boolean leaks(
      String value, Map<String, Integer> after, Map<String, Integer> before) {
    Set<String> seen = new HashSet<>(windows(value).keySet());
    return seen.stream()
        .filter(w -> w.chars().filter(Character::isLetterOrDigit).count() >= 3)
        .anyMatch(w -> after.getOrDefault(w, 0) > before.getOrDefault(w, 0));
  }

  private static Map<String, Integer> windows(String text) {
    Map<String, Integer> windows = new HashMap<>();
    for (int i = 0; i + 4 <= text.length(); i++) {
      windows.merge(text.substring(i, i + 4), 1, Integer::sum);
    }
    return windows;
  }

  double recall(String... types) {
    int all = 0;
    int full = 0;
    for (String type : types.length == 0 ? byType.keySet().toArray(new String[0]) : types) {
      int[] counts = byType.getOrDefault(type, new int[2]);
      all += counts[0];
      full += counts[1];
    }
    return all == 0 ? 1 : (double) full / all;
  }

  int leaks() {
    return leaks;
  }

  double precision() {
    return changed == 0 ? 1 : (double) changedInside / changed;
  }

  /** Regions with nothing under them, for each megabyte, but for some kinds. */
  double falsePerMegabyte(Identifier... but) {
    Set<Identifier> without = Set.of(but);
    int all = falseByType.entrySet().stream()
        .filter(e -> !without.contains(e.getKey()))
        .mapToInt(Map.Entry::getValue)
        .sum();
    return all * 1e6 / bytes;
  }
}
