package dev.phial.crypto.token;

import dev.phial.crypto.token.layout.Misfit;
import dev.phial.crypto.token.layout.Numbering;
import dev.phial.crypto.token.layout.NumeralSpace;
import dev.phial.crypto.token.layout.Reading;
import dev.phial.crypto.token.layout.Written;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** IP addresses in their canonical text. The first bits may stay, and then count: other networks have other tokens. */
final class IpFormat extends TokenFormat {
  private final IpText text;
  private final int keptBits;
  private final NumeralSpace space;

  IpFormat(String spec, IpText text, int keptBits) {
    super(spec);
    this.text = text;
    this.keptBits = keptBits;
    this.space = NumeralSpace.of(BigInteger.TWO.pow(text.bits() - keptBits));
  }

  static IpFormat of(String spec, IpText text, @Nullable String prefix) {
    if (prefix == null) {
      return new IpFormat(spec, text, 0);
    }
    int bits = prefix.matches("/[0-9]{1,3}") ? Integer.parseInt(prefix, 1, prefix.length(), 10) : 0;
    if (bits < 1 || bits >= text.bits()) {
      throw new TokenFormatException("format " + spec
          + " has no proper prefix: write the bits that stay, such as :/8, fewer than "
          + text.bits());
    }
    return new IpFormat(spec, text, bits);
  }

  @Override
  public String domain() {
    return text.inWords();
  }

  @Override
  public BigInteger domainSize() {
    return space.size();
  }

  @Override
  String advice() {
    return "keep at most " + (text.bits() - 20) + " bits, or ";
  }

  @Override
  Reading read(String value) {
    if (value.length() > text.longest()) {
      return Misfit.LENGTH;
    }
    BigInteger address = text.parse(value);
    if (address == null) {
      return Misfit.ALPHABET;
    }
    if (!text.write(address).equals(value)) {
      return Misfit.NOT_CANONICAL;
    }
    int free = text.bits() - keptBits;
    BigInteger prefix = address.shiftRight(free).shiftLeft(free);
    byte[] bound = keptBits == 0 ? new byte[0] : prefix.toByteArray();
    return new Written(
        new Network(text, prefix, space),
        space.write(address.subtract(prefix)),
        value,
        bound,
        null);
  }

  private record Network(IpText text, BigInteger prefix, NumeralSpace space) implements Numbering {
    @Override
    public String write(byte[] numerals, String like) {
      return text.write(prefix.add(space.number(numerals)));
    }
  }
}
