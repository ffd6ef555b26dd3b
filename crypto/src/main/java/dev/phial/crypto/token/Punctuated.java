package dev.phial.crypto.token;

import dev.phial.crypto.token.layout.Kept;
import dev.phial.crypto.token.layout.Layout;
import dev.phial.crypto.token.layout.Slot;
import dev.phial.crypto.token.layout.Symbols;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Digits with separators anywhere between them, which stay where they are. */
final class Punctuated {
  private final String text;
  private final Symbols separators;

  Punctuated(String text, Symbols separators) {
    this.text = text;
    this.separators = separators;
  }

  /** All characters that are not separators: digits, if the text is what it should be. */
  int digits() {
    int digits = 0;
    for (int i = 0; i < text.length(); i++) {
      digits += separators.has(text.charAt(i)) ? 0 : 1;
    }
    return digits;
  }

  /** The first digits. */
  String digits(int count) {
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < text.length() && digits.length() < count; i++) {
      if (!separators.has(text.charAt(i))) {
        digits.append(text.charAt(i));
      }
    }
    return digits.toString();
  }

  /** The layout in which the digit at place {@code i} among the digits is {@code slots.apply(i)}. */
  Layout layout(IntFunction<Slot> slots) {
    List<Slot> all = new ArrayList<>(text.length());
    int digit = 0;
    for (int i = 0; i < text.length(); i++) {
      all.add(separators.has(text.charAt(i)) ? Kept.PUNCTUATION : slots.apply(digit++));
    }
    return new Layout(all);
  }
}
