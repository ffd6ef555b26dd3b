package dev.phial.crypto.token.layout;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Texts that a pattern describes: slots in a row, one of which may stand several times. Immutable. */
public final class Pattern {
  private final int shortest;
  private final List<Layout> layouts;

  private Pattern(int shortest, List<Layout> layouts) {
    this.shortest = shortest;
    this.layouts = layouts;
  }

  /**
   * Reads a pattern; docs/policy.md has the syntax.
   *
   * @throws PatternException with every problem of it
   */
  public static Pattern parse(String pattern) {
    return new PatternReader(pattern).read();
  }

  /** Slots as they are, and {@code repeated} between them from {@code min} to {@code max} times. */
  static Pattern of(List<Slot> before, List<Slot> repeated, int min, int max, List<Slot> after) {
    List<Layout> layouts = new ArrayList<>();
    for (int times = min; times <= max; times++) {
      List<Slot> slots = new ArrayList<>(before);
      slots.addAll(
          Collections.nCopies(times, repeated).stream().flatMap(List::stream).toList());
      slots.addAll(after);
      layouts.add(new Layout(slots));
    }
    return new Pattern(layouts.get(0).length(), List.copyOf(layouts));
  }

  /** How many texts there are of the fewest: of the shortest. */
  public BigInteger smallestSize() {
    return layouts.get(0).space().size();
  }

  public int shortest() {
    return shortest;
  }

  public int longest() {
    return shortest + layouts.size() - 1;
  }

  public Reading read(String text) {
    int index = text.length() - shortest;
    return index < 0 || index >= layouts.size()
        ? Misfit.LENGTH
        : layouts.get(index).read(text);
  }
}
