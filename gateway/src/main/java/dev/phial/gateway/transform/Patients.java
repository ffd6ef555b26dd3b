package dev.phial.gateway.transform;

import dev.phial.gateway.transform.JsonTree.Kind;
import dev.phial.gateway.transform.TransformException.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whose the values of a body are. The patient of a value is the one who is named nearest to it: in the smallest part of the
 * body that holds both; there, one who is named inside a list counts only when nobody is named outside of lists. FHIR resources
 * are bounds: a value's patient is named in its own resource, or in the one that contains it, never in a neighbour.
 *
 * <p>For one body and one thread.
 */
final class Patients {
  private static final String CONTAINED = "contained";

  private final JsonTree tree;
  private final BodyRules rules;
  private @Nullable Named named;

  Patients(JsonTree tree, BodyRules rules) {
    this.tree = tree;
    this.rules = rules;
  }

  /**
   * The patient of a value.
   *
   * @throws TransformException when there is none, or more than one as near
   */
  String of(Spot spot) {
    Named names = named();
    for (int at = spot.node(); at != JsonTree.NONE; at = tree.parent(at)) {
      String id = names.nearest(at, spot);
      if (id != null) {
        return id;
      }
      if (isBound(at)) {
        break;
      }
    }
    throw spot.refused(
        Reason.INVALID_VALUE,
        "a date is shifted together with the other dates of its patient, and none of the route's patient selectors finds one here");
  }

  private boolean isBound(int node) {
    return rules.fhir() && isResource(node) && !isContained(node);
  }

  private boolean isResource(int node) {
    return tree.kind(node) == Kind.OBJECT && tree.member(node, "resourceType") != JsonTree.NONE;
  }

  private boolean isContained(int node) {
    int holder = tree.parent(node);
    return holder != JsonTree.NONE && CONTAINED.equals(tree.name(holder));
  }

  private Named named() {
    if (named == null) {
      named = new Named(tree, found());
    }
    return named;
  }

  private List<Mention> found() {
    List<Mention> mentions = new ArrayList<>();
    for (Selection selection : new SelectorWalk(tree, rules.patients()).run()) {
      String id = id(selection);
      if (id != null) {
        mentions.add(new Mention(selection.node(), id));
      }
    }
    mentions.sort(Comparator.comparingInt(Mention::node));
    return mentions;
  }

  private @Nullable String id(Selection selection) {
    Kind kind = tree.kind(selection.node());
    if ((kind != Kind.STRING && kind != Kind.NUMBER) || isLocal(selection.node())) {
      return null;
    }
    String text = Leaf.written(tree, selection.node());
    return selection
        .rule()
        .fitting(text)
        .flatMap(template -> id(template, text))
        .orElse(null);
  }

  /** A version behind an id would make another patient of the same one. */
  private static Optional<String> id(Template template, String text) {
    return template.inner(text).filter(id -> template.bare() || id.indexOf('/') < 0);
  }

  /** The id of a contained resource means somebody in its own resource only. */
  private boolean isLocal(int node) {
    int resource = tree.parent(node);
    return rules.fhir()
        && resource != JsonTree.NONE
        && "id".equals(tree.name(node))
        && isContained(resource);
  }

  /** A patient's id at its place. */
  private record Mention(int node, String id) {
    @Override
    public String toString() {
      return "Mention[node=" + node + "]";
    }
  }

  /** All mentions, also sorted by the items of lists that they stand in. */
  private static final class Named {
    private final JsonTree tree;
    private final int[] items;
    private final Mentions all;
    private final Map<Integer, Mentions> byItem = new HashMap<>();

    Named(JsonTree tree, List<Mention> mentions) {
      this.tree = tree;
      this.items = items(tree);
      this.all = new Mentions(mentions);
      mentions.stream()
          .collect(Collectors.groupingBy(mention -> items[mention.node()]))
          .forEach((item, own) -> byItem.put(item, new Mentions(own)));
    }

    /** For each node the item of the innermost list around it; the root where there is none. */
    private static int[] items(JsonTree tree) {
      int[] items = new int[tree.size()];
      for (int node = 0; node < items.length; node++) {
        int parent = tree.parent(node);
        boolean item = parent == JsonTree.NONE || tree.kind(parent) == Kind.ARRAY;
        items[node] = item ? node : items[parent];
      }
      return items;
    }

    @Nullable
    String nearest(int at, Spot spot) {
      Mentions own = byItem.get(items[at]);
      String id = own == null ? null : own.only(at, tree.after(at), spot);
      return id == null ? all.only(at, tree.after(at), spot) : id;
    }
  }

  /** Mentions in the order of the body, and how far each goes on to be of the same patient: a body may have a million. */
  private static final class Mentions {
    private final int[] nodes;
    private final String[] ids;
    private final int[] runEnds;

    Mentions(List<Mention> mentions) {
      nodes = mentions.stream().mapToInt(Mention::node).toArray();
      ids = mentions.stream().map(Mention::id).toArray(String[]::new);
      runEnds = new int[ids.length];
      for (int i = ids.length - 1; i >= 0; i--) {
        boolean same = i + 1 < ids.length && ids[i].equals(ids[i + 1]);
        runEnds[i] = same ? runEnds[i + 1] : i + 1;
      }
    }

    /** The one patient who is mentioned among these nodes; null when none is. */
    @Nullable
    String only(int from, int to, Spot spot) {
      int first = firstFrom(from);
      int end = firstFrom(to);
      if (first < end && runEnds[first] < end) {
        throw spot.refused(
            Reason.INVALID_VALUE,
            "the route's patient selectors find several patients as near to it, so whose date it is cannot be told");
      }
      return first < end ? ids[first] : null;
    }

    /** The first mention at the node or behind it. */
    private int firstFrom(int node) {
      int at = Arrays.binarySearch(nodes, node);
      while (at > 0 && nodes[at - 1] == node) {
        at--;
      }
      return at >= 0 ? at : -at - 1;
    }
  }
}
