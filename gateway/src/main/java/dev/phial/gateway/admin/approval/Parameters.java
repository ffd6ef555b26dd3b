package dev.phial.gateway.admin.approval;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What an operation is asked to do, in texts: one form for one meaning. Names are lower-case words; values are single lines.
 * Never key material, never PHI.
 *
 * @param values the values of each name, in an order that counts
 */
public record Parameters(SortedMap<String, List<String>> values) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

  /** @throws IllegalArgumentException when a name is no word or a value is not one line */
  public Parameters {
    SortedMap<String, List<String>> copy = new TreeMap<>();
    values.forEach((name, texts) -> {
      if (!NAME.matcher(name).matches() || !texts.stream().allMatch(Parameters::isLine)) {
        throw new IllegalArgumentException(
            "a parameter has a word for a name and lines for values");
      }
      copy.put(name, List.copyOf(texts));
    });
    values = java.util.Collections.unmodifiableSortedMap(copy);
  }

  public static Parameters of(Map<String, List<String>> values) {
    return new Parameters(new TreeMap<>(values));
  }

  static boolean isLine(String text) {
    return text.chars().noneMatch(unit -> Character.isISOControl(unit));
  }

  /**
   * The only value of a name.
   *
   * @throws IllegalArgumentException when it has none or several
   */
  public String one(String name) {
    List<String> all = all(name);
    if (all.size() != 1) {
      throw new IllegalArgumentException("the parameter " + name + " has not exactly one value");
    }
    return all.get(0);
  }

  /** All values of a name; none when it is not there. */
  public List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }
}
