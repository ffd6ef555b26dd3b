package dev.phial.gateway.transform;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.phial.gateway.transform.JsonTree.Kind;
import dev.phial.gateway.transform.TransformException.Reason;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Builds the tree of one body from the parser's tokens. */
final class TreeBuilder {
  private final TransformLimits limits;
  private final TokenCursor cursor;
  private final JsonTree tree;
  private int open = JsonTree.NONE;
  private int depth;
  private int tokens;
  private int nameStart = -1;
  private @Nullable String name;

  TreeBuilder(byte[] body, TransformLimits limits) {
    this.limits = limits;
    this.cursor = new TokenCursor(body, limits);
    this.tree = new JsonTree(body);
  }

  JsonTree tree() {
    return tree;
  }

  /** How far the reading has come. */
  int position() {
    return cursor.position();
  }

  /** Where the reading has come to. */
  String place(Set<String> shown) {
    return open == JsonTree.NONE ? "/" : Place.of(tree, open, shown);
  }

  void readFrom(JsonParser parser) throws IOException {
    for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
      if (++tokens > limits.tokens()) {
        throw new TransformException(
            Reason.TOO_LARGE, "the body has more than " + limits.tokens() + " tokens");
      }
      if (depth == 0 && tree.size() > 0) {
        throw new TransformException(Reason.MALFORMED, "something follows the JSON value");
      }
      take(token, parser);
    }
    if (tree.size() == 0) {
      throw new TransformException(Reason.MALFORMED, "the body holds no JSON value");
    }
  }

  private void take(JsonToken token, JsonParser parser) throws IOException {
    switch (token) {
      case FIELD_NAME -> {
        nameStart = cursor.begin('"');
        cursor.takeString();
        name = parser.currentName();
      }
      case START_OBJECT -> enter(Kind.OBJECT, cursor.begin('{'));
      case START_ARRAY -> enter(Kind.ARRAY, cursor.begin('['));
      case END_OBJECT -> leave(cursor.begin('}'));
      case END_ARRAY -> leave(cursor.begin(']'));
      case VALUE_STRING -> leaf(Kind.STRING, cursor.begin('"'), cursor.takeString());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
        leaf(Kind.NUMBER, cursor.begin(), cursor.takeNumber());
      case VALUE_TRUE -> leaf(Kind.TRUE, cursor.begin('t'), cursor.take(4));
      case VALUE_FALSE -> leaf(Kind.FALSE, cursor.begin('f'), cursor.take(5));
      case VALUE_NULL -> leaf(Kind.NULL, cursor.begin('n'), cursor.take(4));
      default -> throw new TransformException(Reason.MALFORMED, "the body is not JSON (RFC 8259)");
    }
  }

  private void enter(Kind kind, int start) {
    if (++depth > limits.depth()) {
      throw new TransformException(
          Reason.TOO_LARGE, "the body is nested deeper than " + limits.depth());
    }
    open = add(kind, start);
    cursor.take(1);
  }

  private void leave(int at) {
    tree.close(open, at + 1);
    cursor.take(1);
    open = tree.parent(open);
    depth--;
  }

  private void leaf(Kind kind, int start, int end) {
    tree.close(add(kind, start), end);
  }

  private int add(Kind kind, int start) {
    int node = tree.open(kind, open, start, nameStart, name);
    nameStart = -1;
    name = null;
    return node;
  }
}
