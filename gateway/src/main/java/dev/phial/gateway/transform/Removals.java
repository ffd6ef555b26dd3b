package dev.phial.gateway.transform;

import dev.phial.gateway.transform.JsonTree.Kind;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/** The nodes to be taken out of a body, with the containers that this empties, as byte ranges that leave the commas right. */
final class Removals {
  /** Takes a range of bytes. */
  @FunctionalInterface
  interface Range {
    void remove(int from, int to);
  }

  private final JsonTree tree;
  private final BitSet gone = new BitSet();
  private final Map<Integer, Integer> left = new HashMap<>();

  Removals(JsonTree tree) {
    this.tree = tree;
  }

  /** Whether the node is an entry of an array whose sibling {@code _name} is an array too. */
  boolean paired(int node) {
    int array = tree.parent(node);
    if (array == JsonTree.NONE || tree.kind(array) != Kind.ARRAY) {
      return false;
    }
    String name = tree.name(array);
    if (name == null) {
      return false;
    }
    int companion = tree.member(tree.parent(array), "_" + name);
    return companion != JsonTree.NONE && tree.kind(companion) == Kind.ARRAY;
  }

  void add(int node) {
    int parent = tree.parent(node);
    if (gone.get(node) || parent == JsonTree.NONE) {
      return;
    }
    gone.set(node);
    int remaining = left.computeIfAbsent(parent, this::children) - 1;
    left.put(parent, remaining);
    if (remaining == 0) {
      add(parent);
    }
  }

  private int children(int container) {
    int count = 0;
    for (int child = tree.firstChild(container);
        child != JsonTree.NONE;
        child = tree.sibling(child)) {
      count++;
    }
    return count;
  }

  /** Gives the ranges, none inside another, in the order of the body. */
  void ranges(Range range) {
    TreeSet<Integer> containers = new TreeSet<>(left.keySet());
    for (int container : containers) {
      if (!gone.get(container) && !insideGone(container)) {
        ranges(container, range);
      }
    }
  }

  private boolean insideGone(int node) {
    for (int at = tree.parent(node); at != JsonTree.NONE; at = tree.parent(at)) {
      if (gone.get(at)) {
        return true;
      }
    }
    return false;
  }

  /** A child goes with the comma before it; the first children go with the comma behind them. */
  private void ranges(int container, Range range) {
    boolean kept = false;
    int previous = JsonTree.NONE;
    for (int child = tree.firstChild(container);
        child != JsonTree.NONE;
        child = tree.sibling(child)) {
      if (!gone.get(child)) {
        kept = true;
      } else if (kept) {
        range.remove(tree.end(previous), tree.end(child));
      } else {
        int next = tree.sibling(child);
        range.remove(
            tree.memberStart(child),
            next == JsonTree.NONE ? tree.end(child) : tree.memberStart(next));
      }
      previous = child;
    }
  }
}
