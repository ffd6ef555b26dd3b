package dev.phial.masking.structure;

import dev.phial.masking.lexicon.Hash;
import dev.phial.masking.lexicon.Keys;
import dev.phial.masking.scan.Text;
import java.util.Arrays;

/**
 * Where in a document its reader is: the names of the members that lead here, and what those objects said of themselves. Reused;
 * confined to a thread.
 */
final class JsonPath {
  private static final long VALUE = Hash.word("value");

  private Text text = Text.of(new byte[0]);
  private int depth;
  private boolean[] object = new boolean[32];
  private int[] nameFrom = new int[32];
  private int[] nameTo = new int[32];
  private long[] name = new long[32];
  /** In objects such as {@code {"key": "mrn", "value": 1}}: where the key's text stands. */
  private int[] pairFrom = new int[32];

  private int[] pairTo = new int[32];
  private long[] resource = new long[32];
  private long[] note = new long[32];

  void clear(Text text) {
    this.text = text;
    depth = 0;
  }

  void enter(boolean isObject) {
    if (depth == object.length) {
      grow();
    }
    object[depth] = isObject;
    nameFrom[depth] = 0;
    nameTo[depth] = 0;
    name[depth] = 0;
    pairFrom[depth] = 0;
    pairTo[depth] = 0;
    resource[depth] = 0;
    note[depth++] = 0;
  }

  private void grow() {
    int size = 2 * depth;
    object = Arrays.copyOf(object, size);
    nameFrom = Arrays.copyOf(nameFrom, size);
    nameTo = Arrays.copyOf(nameTo, size);
    name = Arrays.copyOf(name, size);
    pairFrom = Arrays.copyOf(pairFrom, size);
    pairTo = Arrays.copyOf(pairTo, size);
    resource = Arrays.copyOf(resource, size);
    note = Arrays.copyOf(note, size);
  }

  void leave() {
    depth--;
  }

  int depth() {
    return depth;
  }

  boolean inObject() {
    return object[depth - 1];
  }

  void name(int from, int to) {
    int top = depth - 1;
    nameFrom[top] = from;
    nameTo[top] = to;
    name[top] = Hash.word(text.bytes(), from, to);
  }

  /** The object that we are in names the member whose value stands beside. */
  void pair(int from, int to) {
    pairFrom[depth - 1] = from;
    pairTo[depth - 1] = to;
  }

  /** The object that we are in is a FHIR resource of this type. */
  void resource(long type) {
    resource[depth - 1] = type;
  }

  /** What the object that we are in said of its other members. */
  void note(long what) {
    note[depth - 1] = what;
  }

  /** The note of the object so many objects out. */
  long note(int out) {
    int level = object(out);
    return level < 0 ? 0 : note[level];
  }

  /** The type of the innermost resource around, or 0. */
  long resource() {
    for (int level = depth - 1; level >= 0; level--) {
      if (resource[level] != 0) {
        return resource[level];
      }
    }
    return 0;
  }

  /** Whether the object that we are in is itself a resource. */
  boolean atResource() {
    return resource[depth - 1] != 0;
  }

  /** The name that leads here, so many objects out: 0 is the member's own. */
  long named(int out) {
    int level = object(out);
    return level < 0 ? 0 : name[level];
  }

  private int object(int out) {
    int left = out;
    for (int level = depth - 1; level >= 0; level--) {
      if (object[level] && left-- == 0) {
        return level;
      }
    }
    return -1;
  }

  /** The words of the names that lead here, from the last one backwards. */
  int words(long[] words) {
    int n = 0;
    for (int level = depth - 1; level >= 0 && n < words.length; level--) {
      if (!object[level]) {
        continue;
      }
      if (pairTo[level] > 0 && name[level] == VALUE) {
        return Keys.split(text.bytes(), pairFrom[level], pairTo[level], words, 0);
      }
      n = Keys.split(text.bytes(), nameFrom[level], nameTo[level], words, n);
    }
    return n;
  }

  /** Where the quotes of a member's name stand here, as they are written at this depth of encodings: from. */
  int quoteFrom() {
    int level = object(0);
    return level < 0 || nameFrom[level] == 0 ? 0 : text.at(nameFrom[level] - 1);
  }

  int quoteTo() {
    int level = object(0);
    return level < 0 || nameFrom[level] == 0 ? 0 : text.at(nameFrom[level]);
  }
}
