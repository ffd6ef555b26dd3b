package dev.phial.masking.treat;

import dev.phial.masking.Identifier;
import dev.phial.masking.KeyedTreatment.Form;
import dev.phial.masking.LogElement;
import dev.phial.masking.Treatment;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The texts that stand in place of values. All are of signs that need no escape in JSON, logfmt, CSV, syslog's structured data, queries,
 * XML, SQL literals and HL7, so that an event stays valid in its own format.
 */
public final class Replacements {
  private static final Map<Identifier, byte[]> LABELS = new EnumMap<>(Identifier.class);
  private static final String SAFE = "-._:/@+()#";

  static {
    for (Identifier identifier : Identifier.values()) {
      LABELS.put(identifier, ("*" + identifier.name() + "*").getBytes(StandardCharsets.US_ASCII));
    }
  }

  private Replacements() {}

  /** What stands for a value without any key. */
  static byte[] plain(LogElement element, @Nullable String value) {
    if (element.treatment() instanceof Treatment.Mask mask && value != null) {
      return mask(mask, value, element.identifier());
    }
    return label(element.identifier());
  }

  @SuppressWarnings("NullAway") // every identifier has a label
  static byte[] label(Identifier identifier) {
    return LABELS.get(identifier);
  }

  private static byte[] mask(Treatment.Mask mask, String value, Identifier identifier) {
    long letters = value.codePoints().filter(Character::isLetterOrDigit).count();
    if (letters <= 2L * (mask.keepFirst() + mask.keepLast())) {
      return label(identifier);
    }
    StringBuilder masked = new StringBuilder(value.length());
    long seen = 0;
    for (int point : value.codePoints().toArray()) {
      boolean counted = Character.isLetterOrDigit(point);
      boolean kept =
          counted && point < 0x80 && (seen < mask.keepFirst() || seen >= letters - mask.keepLast());
      masked.append(kept || SAFE.indexOf(point) >= 0 ? (char) point : '*');
      seen += counted ? 1 : 0;
    }
    return masked.toString().getBytes(StandardCharsets.US_ASCII);
  }

  /** A text that a key made, marked so that it can be found again; null when it could break a format. */
  static byte @Nullable [] keyed(LogElement element, Form form, String text) {
    if (text.isEmpty() || !text.chars().allMatch(Replacements::harmless)) {
      return null;
    }
    String mark = form == Form.TOKEN ? "*" + element.name() + ":" : "*" + element.name() + ":h:";
    return (mark + text + "*").getBytes(StandardCharsets.US_ASCII);
  }

  private static boolean harmless(int c) {
    return c > ' ' && c < 0x7f && "\"'`\\*[]<>{}|^&~,;=%".indexOf(c) < 0;
  }
}
