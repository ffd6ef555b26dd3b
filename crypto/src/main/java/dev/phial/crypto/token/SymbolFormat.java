package dev.phial.crypto.token;

import dev.phial.crypto.fpe.Ff1Domain;
import dev.phial.crypto.token.layout.Misfit;
import dev.phial.crypto.token.layout.Numbering;
import dev.phial.crypto.token.layout.NumeralSpace;
import dev.phial.crypto.token.layout.Reading;
import dev.phial.crypto.token.layout.Written;
import java.math.BigInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Strings over an alphabet: a symbol is a numeral. */
final class SymbolFormat extends TokenFormat {
  private final Alphabet alphabet;
  private final LengthRange lengths;
  private final Strings[] byLength;

  SymbolFormat(String spec, Alphabet alphabet, LengthRange lengths) {
    super(spec);
    this.alphabet = alphabet;
    this.lengths = lengths;
    this.byLength = IntStream.rangeClosed(lengths.min(), lengths.max())
        .mapToObj(length -> new Strings(alphabet, NumeralSpace.strings(alphabet.radix(), length)))
        .toArray(Strings[]::new);
  }

  @Override
  String advice() {
    return "let it begin at " + Ff1Domain.minLength(alphabet.radix()) + " symbols, or ";
  }

  @Override
  public String domain() {
    return lengths.inWords() + " " + alphabet.inWords();
  }

  @Override
  public BigInteger domainSize() {
    return byLength[0].space().size();
  }

  @Override
  Reading read(String value) {
    if (!lengths.holds(value.length())) {
      return Misfit.LENGTH;
    }
    byte[] numerals = alphabet.numerals(value);
    return numerals == null
        ? Misfit.ALPHABET
        : new Written(byLength[numerals.length - lengths.min()], numerals, value);
  }

  @Override
  MarkedBody markedBody() {
    return new AlphabetBody(alphabet, lengths.max()) {
      @Override
      public byte @Nullable [] numerals(String value) {
        return lengths.holds(value.length()) ? alphabet.numerals(value) : null;
      }

      @Override
      public @Nullable String value(byte[] numerals) {
        return lengths.holds(numerals.length) ? alphabet.text(numerals) : null;
      }
    };
  }

  private record Strings(Alphabet alphabet, NumeralSpace space) implements Numbering {
    @Override
    public String write(byte[] numerals, String like) {
      return alphabet.text(numerals);
    }
  }
}
