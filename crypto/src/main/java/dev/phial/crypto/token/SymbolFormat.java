package dev.phial.crypto.token;

import dev.phial.crypto.fpe.Ff1Domain;
import org.jspecify.annotations.Nullable;

/** Strings over an alphabet. */
final class SymbolFormat extends TokenFormat {
  private final Alphabet alphabet;
  private final LengthRange lengths;

  SymbolFormat(String spec, Alphabet alphabet, LengthRange lengths) {
    super(spec, alphabet.radix());
    this.alphabet = alphabet;
    this.lengths = lengths;
  }

  @Override
  public void requireUsable(Marking marking) {
    int floor = Ff1Domain.minLength(alphabet.radix());
    if (marking == Marking.PLAIN && lengths.min() < floor) {
      throw new TokenFormatException("format " + spec()
          + " takes values with fewer than 1,000,000 possibilities, which FF1 cannot protect: let it begin at "
          + floor
          + " symbols, or use key_version: marked, or encrypt, generalize or redact the element");
    }
  }

  @Override
  public String domain() {
    return lengths.inWords() + " " + alphabet.inWords();
  }

  @Override
  @Nullable
  Written read(String value) {
    byte[] numerals = lengths.holds(value.length()) ? alphabet.numerals(value) : null;
    return numerals == null ? null : new Written(numerals, 0);
  }

  @Override
  @Nullable
  String write(byte[] numerals, int shape) {
    return lengths.holds(numerals.length) ? alphabet.text(numerals) : null;
  }

  @Override
  String writeBody(byte[] numerals) {
    return alphabet.text(numerals);
  }

  @Override
  byte @Nullable [] readBody(String body) {
    return alphabet.numerals(body);
  }
}
