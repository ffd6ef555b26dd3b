package dev.phial.gateway.transform;

import dev.phial.gateway.transform.JsonTree.Kind;
import dev.phial.gateway.transform.TransformException.Reason;
import java.nio.charset.StandardCharsets;

/** Moves a member's value, sealed, into its FHIR companion {@code _name}. */
final class ExtensionPlacement {
  private final Spot spot;
  private final JsonTree tree;

  ExtensionPlacement(Spot spot) {
    this.spot = spot;
    this.tree = spot.tree();
  }

  void put(String sealed, Edits edits) {
    String name = tree.name(spot.node());
    if (name == null || tree.kind(spot.node()).container()) {
      throw spot.refused(
          Reason.INVALID_VALUE,
          "place: extension is for single primitive members, not for arrays or objects");
    }
    int companion = tree.member(tree.parent(spot.node()), "_" + name);
    if (companion == JsonTree.NONE) {
      rename(name, sealed, edits);
    } else {
      join(companion, sealed, edits);
    }
  }

  /** The member itself becomes the companion, so that the way back gives the same bytes. */
  private void rename(String name, String sealed, Edits edits) {
    edits.replace(
        tree.memberStart(spot.node()), tree.nameEnd(spot.node()), JsonText.quote("_" + name));
    edits.replace(
        spot.node(),
        ("{\"extension\":[" + SealedExtension.entry(sealed) + "]}")
            .getBytes(StandardCharsets.UTF_8));
  }

  private void join(int companion, String sealed, Edits edits) {
    if (tree.kind(companion) != Kind.OBJECT) {
      throw spot.refused(
          Reason.INVALID_VALUE, "its companion member, with the underscore, is not an object");
    }
    if (SealedExtension.in(tree, companion, spot.place()) != null) {
      throw spot.refused(
          Reason.INVALID_VALUE, "the value is there both plainly and sealed; send one of them");
    }
    edits.remove(spot.node());
    SealedExtension.add(tree, edits, companion, sealed);
  }
}
