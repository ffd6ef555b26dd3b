package dev.phial.crypto.token;

import dev.phial.crypto.fpe.Ff1Domain;
import dev.phial.crypto.token.layout.Band;
import dev.phial.crypto.token.layout.Kept;
import dev.phial.crypto.token.layout.Layout;
import dev.phial.crypto.token.layout.Slot;
import dev.phial.crypto.token.layout.Symbols;
import dev.phial.crypto.token.layout.Written;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * The local part or the domain of a mail address: a digit or small letter becomes one of both, a capital a capital, all else
 * stays. Words of up to four digits and small letters hide among each other.
 */
final class MailWord {
  private static final Symbols SMALL = new Symbols(Symbols.DIGITS.all() + Symbols.LOWER.all());
  private static final Band SHORT = new Band(SMALL, SMALL, 1, Ff1Domain.FLOOR);

  private MailWord() {}

  static BigInteger smallestSize() {
    return SHORT.space().size();
  }

  /** Takes a word of ASCII apart, whatever it is. */
  static Written read(String word) {
    if (SHORT.has(word)) {
      return SHORT.read(word);
    }
    List<Slot> slots = new ArrayList<>(word.length());
    word.chars().forEach(character -> slots.add(slot((char) character)));
    return (Written) new Layout(slots).read(word);
  }

  private static Slot slot(char character) {
    if (SMALL.has(character)) {
      return SMALL;
    }
    return Symbols.UPPER.has(character) ? Symbols.UPPER : Kept.PUNCTUATION;
  }
}
