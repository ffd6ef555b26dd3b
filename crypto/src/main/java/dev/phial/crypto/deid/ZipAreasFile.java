package dev.phial.crypto.deid;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a file of ZIP areas: {@code census:}, {@code source:} and {@code areas:} lines, then one area a line. With
 * {@code areas: few} they are the areas in which too few people live; with {@code areas: all} each has its number of people
 * behind it, and an area that is not there is not shown. {@code #} begins a comment.
 */
final class ZipAreasFile {
  private static final Pattern HEADER = Pattern.compile("(census|source|areas):\\s*(\\S.*)");
  private static final Pattern AREA = Pattern.compile("(\\d{3})(?:\\s+(\\d{1,9}))?");

  private final List<String> lines;
  private final Map<String, String> header = new HashMap<>();
  private final Set<String> seen = new HashSet<>();
  private final Set<String> listed = new HashSet<>();

  ZipAreasFile(String text) {
    this.lines = text.lines().toList();
  }

  ZipAreas read() {
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).replaceFirst("#.*", "").strip();
      if (!line.isEmpty()) {
        line(line, i + 1);
      }
    }
    String census = required("census");
    if (!census.matches("\\d{4}-\\d{2}-\\d{2}")) {
      throw new IllegalArgumentException("census: is not a date YYYY-MM-DD");
    }
    if (listed.isEmpty()) {
      throw new IllegalArgumentException("there are no areas");
    }
    return new ZipAreas(census, required("source"), listed, all());
  }

  private void line(String line, int number) {
    Matcher head = HEADER.matcher(line);
    if (head.matches() && seen.isEmpty()) {
      header.put(head.group(1), head.group(2));
      return;
    }
    Matcher area = AREA.matcher(line);
    if (!area.matches() || (area.group(2) != null) != all() || !seen.add(area.group(1))) {
      throw new IllegalArgumentException(
          "line " + number
              + " is neither a header line before the areas nor, each once, an area of three digits, followed by its people with areas: all");
    }
    if (!all() || Integer.parseInt(area.group(2)) > ZipAreas.FEW) {
      listed.add(area.group(1));
    }
  }

  private boolean all() {
    String areas = required("areas");
    if (!areas.equals("few") && !areas.equals("all")) {
      throw new IllegalArgumentException("areas: is neither few nor all");
    }
    return areas.equals("all");
  }

  private String required(String name) {
    String value = header.get(name);
    if (value == null) {
      throw new IllegalArgumentException("there is no line " + name + ": before the areas");
    }
    return value;
  }
}
