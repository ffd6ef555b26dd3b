package dev.phial.gateway.transform;

import dev.phial.gateway.engine.Outcome;
import dev.phial.gateway.engine.RevealItem;
import dev.phial.gateway.transform.TransformException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A sealed extension in a companion member, to be turned back into the member. */
final class RevealedCompanion implements ValueTask<RevealItem> {
  private final Spot spot;
  private final JsonTree tree;
  private final RevealedText text;
  private final SealedExtension sealed;
  private final RevealItem item;

  private RevealedCompanion(Spot spot, RevealedText text, SealedExtension sealed) {
    this.spot = spot;
    this.tree = spot.tree();
    this.text = text;
    this.sealed = sealed;
    this.item = RevealItem.of(spot.rule().element(), tree.text(sealed.value()));
  }

  /** The task for a companion member; none when it holds nothing sealed. */
  static List<ValueTask<RevealItem>> in(Spot spot, RevealedText text) {
    SealedExtension sealed = SealedExtension.in(spot.tree(), spot.node(), spot.place());
    return sealed == null ? List.of() : List.of(new RevealedCompanion(spot, text, sealed));
  }

  @Override
  public RevealItem item() {
    return item;
  }

  @Override
  public int bytes() {
    return item.value().length();
  }

  @Override
  public void finish(Outcome outcome, Edits edits) {
    if (outcome instanceof Outcome.Revealed revealed) {
      put(revealed, edits);
    } else if (outcome instanceof Outcome.Withheld) {
      edits.remove(sealed.entry());
    } else if (outcome instanceof Outcome.Refused refused) {
      throw Refusals.of(refused, spot);
    } else {
      throw Refusals.unexpected(spot);
    }
  }

  /** A masked text is no date or decimal, so it stays in the extension, where any text is valid FHIR. */
  private void put(Outcome.Revealed revealed, Edits edits) {
    switch (revealed.form()) {
      case PLAINTEXT ->
        restore(text.written(revealed.value(), revealed.form(), Template.NONE), edits);
      case MASKED ->
        edits.replace(
            sealed.value(), text.written(revealed.value(), revealed.form(), Template.NONE));
      case TOKEN, UNPROTECTED -> {
        // as it is stored
      }
    }
  }

  private void restore(byte[] json, Edits edits) {
    String companion = String.valueOf(tree.name(spot.node()));
    String name = companion.substring(1);
    if (tree.member(tree.parent(spot.node()), name) != JsonTree.NONE) {
      throw spot.refused(Reason.NOT_AUTHENTIC, "the value is stored both plainly and sealed");
    }
    if (sealed.alone(tree)) {
      edits.replace(tree.memberStart(spot.node()), tree.nameEnd(spot.node()), JsonText.quote(name));
      edits.replace(spot.node(), json);
    } else {
      insertBefore(name, json, edits);
      edits.remove(sealed.entry());
    }
  }

  /** Writes the member in front of its companion, with the same white space. */
  private void insertBefore(String name, byte[] json, Edits edits) {
    byte[] source = tree.source();
    int member = tree.memberStart(spot.node());
    int space = member;
    while (source[space - 1] == ' '
        || source[space - 1] == '\n'
        || source[space - 1] == '\r'
        || source[space - 1] == '\t') {
      space--;
    }
    String colon = text(source, tree.nameEnd(spot.node()), tree.start(spot.node()));
    edits.insert(
        member,
        new String(JsonText.quote(name), StandardCharsets.UTF_8) + colon
            + new String(json, StandardCharsets.UTF_8) + "," + text(source, space, member));
  }

  private static String text(byte[] source, int from, int to) {
    return new String(source, from, to - from, StandardCharsets.UTF_8);
  }
}
