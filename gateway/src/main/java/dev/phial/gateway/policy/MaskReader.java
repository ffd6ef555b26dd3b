package dev.phial.gateway.policy;

import dev.phial.gateway.yaml.YamlFields;
import dev.phial.gateway.yaml.YamlNode;
import java.util.Optional;

/** Reads how something is masked: {@code keep_first}, {@code keep_last}, {@code with}. */
final class MaskReader {
  private static final int MOST_KEPT = 64;

  private MaskReader() {}

  static Optional<Mask> read(YamlNode node) {
    YamlFields fields = node.fields();
    int first = fields.integer("keep_first", 0, MOST_KEPT, 0);
    int last = fields.integer("keep_last", 0, MOST_KEPT, 0);
    Optional<Character> with =
        fields.optional("with").map(w -> w.parse(MaskReader::replacement)).orElse(Optional.of('*'));
    fields.done();
    return with.map(w -> new Mask(first, last, w));
  }

  /** Not a letter or digit: nobody may take a masked value for a whole one. */
  private static char replacement(String text) {
    if (text.length() != 1
        || text.charAt(0) <= ' '
        || text.charAt(0) > '~'
        || Character.isLetterOrDigit(text.charAt(0))) {
      throw new IllegalArgumentException("must be one ASCII punctuation character, such as *");
    }
    return text.charAt(0);
  }
}
