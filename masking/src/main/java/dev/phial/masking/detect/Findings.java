package dev.phial.masking.detect;

import dev.phial.masking.Identifier;
import dev.phial.masking.scan.Text;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What was found in an event: ranges of its bytes. Reused from event to event; confined to a thread. */
public final class Findings {
  /** No element was bound: the identifier's own treatment holds. */
  public static final int UNBOUND = -1;

  private final boolean values;
  private int count;
  private boolean ordered = true;
  private int[] from = new int[16];
  private int[] to = new int[16];
  private Identifier[] identifier = new Identifier[16];
  private int[] element = new int[16];
  private int[] quoteFrom = new int[16];
  private int[] quoteTo = new int[16];
  private @Nullable String[] value = new @Nullable String[16];

  /** @param values whether the values themselves are wanted, for treatments that need them */
  public Findings(boolean values) {
    this.values = values;
  }

  public void clear() {
    Arrays.fill(value, 0, count, null);
    count = 0;
    ordered = true;
  }

  public int count() {
    return count;
  }

  /** Forgets what was found since there were {@code count}. */
  public void cutTo(int count) {
    this.count = count;
  }

  public void add(Text text, int start, int end, Identifier kind) {
    add(text, start, end, kind, UNBOUND);
  }

  public void add(Text text, int start, int end, Identifier kind, int bound) {
    if (start >= end) {
      return;
    }
    put(text.at(start), text.at(end), kind, bound, 0, 0, values ? text.part(start, end) : null);
  }

  /** A JSON number and the like, whose label needs the quotes that stand from {@code quote} to {@code quoteEnd}. */
  public void addBare(
      Text text, int start, int end, Identifier kind, int bound, int quote, int quoteEnd) {
    put(
        text.at(start),
        text.at(end),
        kind,
        bound,
        quote,
        quoteEnd,
        values ? text.part(start, end) : null);
  }

  /** A range that can only be taken whole, such as base64: no value is known for it. */
  public void addOpaque(Text text, int start, int end, Identifier kind) {
    put(text.at(start), text.at(end), kind, UNBOUND, 0, 0, null);
  }

  private void put(int f, int t, Identifier kind, int bound, int qf, int qt, @Nullable String v) {
    if (f >= t) {
      return;
    }
    if (count > 0 && f < to[count - 1]) {
      if (f >= from[count - 1] && t <= to[count - 1]) {
        return;
      }
      ordered = false;
    }
    if (count == from.length) {
      grow();
    }
    from[count] = f;
    to[count] = t;
    identifier[count] = kind;
    element[count] = bound;
    quoteFrom[count] = qf;
    quoteTo[count] = qt;
    value[count++] = v;
  }

  private void grow() {
    int size = 2 * count;
    from = Arrays.copyOf(from, size);
    to = Arrays.copyOf(to, size);
    identifier = Arrays.copyOf(identifier, size);
    element = Arrays.copyOf(element, size);
    quoteFrom = Arrays.copyOf(quoteFrom, size);
    quoteTo = Arrays.copyOf(quoteTo, size);
    value = Arrays.copyOf(value, size);
  }

  /** Puts the findings in the order of the event, none over another: of two that overlap the union stays, as the longer one. */
  public void settle() {
    if (ordered) {
      return;
    }
    Integer[] order = new Integer[count];
    for (int i = 0; i < count; i++) {
      order[i] = i;
    }
    Arrays.sort(
        order,
        (a, b) ->
            from[a] != from[b] ? Integer.compare(from[a], from[b]) : Integer.compare(to[b], to[a]));
    Findings settled = new Findings(values);
    for (int i : order) {
      settled.merge(this, i);
    }
    take(settled);
  }

  private void merge(Findings other, int i) {
    int last = count - 1;
    if (last < 0 || other.from[i] >= to[last]) {
      put(
          other.from[i],
          other.to[i],
          other.identifier[i],
          other.element[i],
          other.quoteFrom[i],
          other.quoteTo[i],
          other.value[i]);
      return;
    }
    if (other.to[i] > to[last]) {
      if (other.to[i] - other.from[i] > to[last] - from[last]) {
        identifier[last] = other.identifier[i];
        element[last] = other.element[i];
      }
      to[last] = other.to[i];
      value[last] = null;
    }
  }

  private void take(Findings o) {
    count = o.count;
    from = o.from;
    to = o.to;
    identifier = o.identifier;
    element = o.element;
    quoteFrom = o.quoteFrom;
    quoteTo = o.quoteTo;
    value = o.value;
    ordered = true;
  }

  public int from(int i) {
    return from[i];
  }

  public int to(int i) {
    return to[i];
  }

  public Identifier identifier(int i) {
    return identifier[i];
  }

  public int element(int i) {
    return element[i];
  }

  public int quoteFrom(int i) {
    return quoteFrom[i];
  }

  public int quoteTo(int i) {
    return quoteTo[i];
  }

  /** The value, decoded; null when it is not wanted or cannot be known. */
  public @Nullable String value(int i) {
    return value[i];
  }
}
