package dev.phial.gateway.transform;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A parsed JSON text: which bytes are which value. Nodes are numbered in the order of the text, so a node's first child is
 * the next number, and everything below a node lies between it and {@link #after}. Arrays of numbers instead of objects:
 * a body may have a million values.
 */
final class JsonTree {
  /** What a node is. */
  enum Kind {
    OBJECT,
    ARRAY,
    STRING,
    NUMBER,
    TRUE,
    FALSE,
    NULL;

    boolean container() {
      return this == OBJECT || this == ARRAY;
    }
  }

  static final int ROOT = 0;
  static final int NONE = -1;

  private final byte[] source;
  private int size;
  private Kind[] kinds = new Kind[64];
  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private int[] afters = new int[64];
  private int[] parents = new int[64];
  private int[] nameStarts = new int[64];
  private @Nullable String[] names = new @Nullable String[64];

  JsonTree(byte[] source) {
    this.source = source;
  }

  /** Adds a node below {@code parent}; its end is not yet known. */
  int open(Kind kind, int parent, int start, int nameStart, @Nullable String name) {
    if (size == starts.length) {
      grow();
    }
    kinds[size] = kind;
    starts[size] = start;
    parents[size] = parent;
    nameStarts[size] = nameStart;
    names[size] = name;
    return size++;
  }

  /** The node ends before {@code end}, and everything added since is below it. */
  void close(int node, int end) {
    ends[node] = end;
    afters[node] = size;
  }

  private void grow() {
    int larger = size * 2;
    kinds = Arrays.copyOf(kinds, larger);
    starts = Arrays.copyOf(starts, larger);
    ends = Arrays.copyOf(ends, larger);
    afters = Arrays.copyOf(afters, larger);
    parents = Arrays.copyOf(parents, larger);
    nameStarts = Arrays.copyOf(nameStarts, larger);
    names = Arrays.copyOf(names, larger);
  }

  byte[] source() {
    return source;
  }

  int size() {
    return size;
  }

  Kind kind(int node) {
    return kinds[node];
  }

  /** The value's first byte. */
  int start(int node) {
    return starts[node];
  }

  /** The byte after the value's last. */
  int end(int node) {
    return ends[node];
  }

  /** The first node that is not below this one. */
  int after(int node) {
    return afters[node];
  }

  /** The container, {@link #NONE} for the root. */
  int parent(int node) {
    return parents[node];
  }

  /** The member name, decoded; null for array entries and the root. */
  @Nullable
  String name(int node) {
    return names[node];
  }

  /** Where the member begins, its name included; for array entries and the root, where the value does. */
  int memberStart(int node) {
    return nameStarts[node] < 0 ? starts[node] : nameStarts[node];
  }

  /** The byte after the member name's closing quote. */
  int nameEnd(int node) {
    int i = nameStarts[node] + 1;
    while (source[i] != '"') {
      i += source[i] == '\\' ? 2 : 1;
    }
    return i + 1;
  }

  int firstChild(int node) {
    return node + 1 < afters[node] ? node + 1 : NONE;
  }

  /** The next child of the same container. */
  int sibling(int node) {
    int parent = parents[node];
    return parent != NONE && afters[node] < afters[parent] ? afters[node] : NONE;
  }

  /** The member of that name, {@link #NONE} when the object has none. */
  int member(int object, String name) {
    for (int child = firstChild(object); child != NONE; child = sibling(child)) {
      if (name.equals(names[child])) {
        return child;
      }
    }
    return NONE;
  }

  /** The decoded text of a string node. */
  String text(int node) {
    return JsonText.decode(source, starts[node] + 1, ends[node] - 1);
  }

  /** Whether the node is a string with this text. */
  boolean isText(int node, String text) {
    return kinds[node] == Kind.STRING && text(node).equals(text);
  }

  /** The value as it is written. */
  byte[] literal(int node) {
    return Arrays.copyOfRange(source, starts[node], ends[node]);
  }
}
