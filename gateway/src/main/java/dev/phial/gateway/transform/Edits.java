package dev.phial.gateway.transform;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Changes to a body, made all at once: what no change touches is copied byte for byte. For one body. */
final class Edits {
  private final JsonTree tree;
  private final List<Edit> edits = new ArrayList<>();
  private final Removals removals;

  /** Bytes {@code from} to {@code to} give way to {@code with}. */
  private record Edit(int from, int to, Bytes with) {}

  /** New bytes; a class of its own because records compare arrays by identity. */
  private static final class Bytes {
    private final byte[] bytes;

    Bytes(byte[] bytes) {
      this.bytes = bytes;
    }
  }

  Edits(JsonTree tree) {
    this.tree = tree;
    this.removals = new Removals(tree);
  }

  /** Gives a node another value. */
  void replace(int node, byte[] json) {
    replace(tree.start(node), tree.end(node), json);
  }

  void replace(int from, int to, byte[] with) {
    edits.add(new Edit(from, to, new Bytes(with)));
  }

  void insert(int at, String json) {
    replace(at, at, json.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Takes a node away: the member with its name, or the array entry. Containers that become empty by it go too, up to the
   * root. In an array that has a FHIR companion array {@code null} takes its place, since the two are paired by position.
   */
  void remove(int node) {
    if (removals.paired(node)) {
      replace(node, "null".getBytes(StandardCharsets.US_ASCII));
    } else {
      removals.add(node);
    }
  }

  /** The body with all changes. */
  byte[] applied() {
    removals.ranges((from, to) -> replace(from, to, new byte[0]));
    if (edits.isEmpty()) {
      return tree.source();
    }
    edits.sort(Comparator.comparingInt(Edit::from).thenComparingInt(Edit::to));
    byte[] source = tree.source();
    ByteArrayOutputStream out = new ByteArrayOutputStream(source.length + edits.size() * 64);
    int copied = 0;
    for (Edit edit : edits) {
      if (edit.from() < copied) {
        throw new TransformException(
            TransformException.Reason.INTERNAL,
            "two changes of the body overlap; nothing of it is used");
      }
      out.write(source, copied, edit.from() - copied);
      out.writeBytes(edit.with().bytes);
      copied = edit.to();
    }
    out.write(source, copied, source.length - copied);
    return out.toByteArray();
  }
}
