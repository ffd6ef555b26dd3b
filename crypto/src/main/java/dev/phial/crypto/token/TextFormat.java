package dev.phial.crypto.token;

import dev.phial.crypto.token.layout.Misfit;
import dev.phial.crypto.token.layout.Reading;
import dev.phial.crypto.token.layout.Unnumbered;
import java.math.BigInteger;

/**
 * Any text, as the bytes of its UTF-8. The tokens are opaque; a value of up to 40 bytes gives a token of at most 64 characters,
 * the limit of a FHIR id.
 */
final class TextFormat extends TokenFormat {
  private static final BigInteger BYTES = BigInteger.valueOf(256);

  private final LengthRange lengths;

  TextFormat(String spec, LengthRange lengths) {
    super(spec);
    this.lengths = lengths;
  }

  @Override
  public void requireUsable(Marking marking) {
    if (marking == Marking.PLAIN) {
      throw new TokenFormatException(
          "format " + spec()
              + " has no form that a token could keep: use key_version: marked, or encrypt the element");
    }
  }

  @Override
  public String domain() {
    return "text of " + lengths.inWords() + " bytes of UTF-8";
  }

  /** Counts strings of bytes; not all of them are UTF-8. */
  @Override
  public BigInteger domainSize() {
    return BYTES.pow(lengths.min());
  }

  @Override
  Reading read(String value) {
    if (value.length() > lengths.max()) {
      return Misfit.LENGTH;
    }
    byte[] bytes = Utf8.encode(value);
    if (bytes == null) {
      return Misfit.SURROGATE;
    }
    return lengths.holds(bytes.length) ? Unnumbered.FITS : Misfit.LENGTH;
  }
}
