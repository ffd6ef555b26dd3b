package dev.phial.gateway.transform;

import dev.phial.gateway.transform.JsonTree.Kind;
import dev.phial.gateway.transform.TransformException.Reason;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The extension that carries a sealed value in the FHIR companion of a primitive member: {@code "birthDate"} becomes
 * {@code "_birthDate": {"extension": [{"url": ..., "valueString": "phial:v1:..."}]}}.
 *
 * @param companion the object in the {@code _name} member
 * @param extensions its array of extensions
 * @param entry our extension
 * @param value its {@code valueString}
 */
record SealedExtension(int companion, int extensions, int entry, int value) {
  static final String URL = "https://phial.dev/fhir/StructureDefinition/sealed";

  private static final String EXTENSION = "extension";

  /**
   * The sealed value in a companion member.
   *
   * @return null when there is none
   * @throws TransformException when there are several, or one that is not of this form
   */
  static @Nullable SealedExtension in(JsonTree tree, int companion, String place) {
    if (tree.kind(companion) != Kind.OBJECT) {
      return null;
    }
    int extensions = tree.member(companion, EXTENSION);
    if (extensions == JsonTree.NONE || tree.kind(extensions) != Kind.ARRAY) {
      return null;
    }
    SealedExtension found = null;
    for (int entry = tree.firstChild(extensions);
        entry != JsonTree.NONE;
        entry = tree.sibling(entry)) {
      if (ours(tree, entry)) {
        if (found != null) {
          throw new TransformException(
              Reason.NOT_AUTHENTIC, "more than one sealed value at " + place);
        }
        found = new SealedExtension(companion, extensions, entry, value(tree, entry, place));
      }
    }
    return found;
  }

  private static boolean ours(JsonTree tree, int entry) {
    if (tree.kind(entry) != Kind.OBJECT) {
      return false;
    }
    int url = tree.member(entry, "url");
    return url != JsonTree.NONE && tree.isText(url, URL);
  }

  private static int value(JsonTree tree, int entry, String place) {
    int value = tree.member(entry, "valueString");
    if (value == JsonTree.NONE || tree.kind(value) != Kind.STRING) {
      throw new TransformException(
          Reason.NOT_AUTHENTIC, "the sealed extension has no valueString at " + place);
    }
    return value;
  }

  /** Whether the companion holds nothing else. */
  boolean alone(JsonTree tree) {
    return tree.firstChild(companion) == extensions
        && tree.sibling(extensions) == JsonTree.NONE
        && tree.firstChild(extensions) == entry
        && tree.sibling(entry) == JsonTree.NONE;
  }

  /** A new extension with a sealed value. */
  static String entry(String sealed) {
    return "{\"url\":\"" + URL + "\",\"valueString\":"
        + new String(JsonText.quote(sealed), StandardCharsets.UTF_8) + "}";
  }

  /** Puts a sealed value into a companion object that is there already. */
  static void add(JsonTree tree, Edits edits, int companion, String sealed) {
    int extensions = tree.member(companion, EXTENSION);
    int first =
        extensions == JsonTree.NONE ? tree.firstChild(companion) : tree.firstChild(extensions);
    int container = extensions == JsonTree.NONE ? companion : extensions;
    String json = extensions == JsonTree.NONE
        ? "\"" + EXTENSION + "\":[" + entry(sealed) + "]"
        : entry(sealed);
    edits.insert(
        first == JsonTree.NONE ? tree.start(container) + 1 : tree.end(last(tree, first)),
        first == JsonTree.NONE ? json : "," + json);
  }

  private static int last(JsonTree tree, int first) {
    int last = first;
    for (int next = first; next != JsonTree.NONE; next = tree.sibling(next)) {
      last = next;
    }
    return last;
  }
}
