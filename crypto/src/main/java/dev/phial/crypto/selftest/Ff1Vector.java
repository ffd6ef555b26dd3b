package dev.phial.crypto.selftest;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.fpe.Ff1;
import dev.phial.crypto.fpe.Ff1Domain;
import dev.phial.crypto.fpe.Ff1Engine;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * FF1, asked in both directions.
 *
 * @param plaintext numerals; one that no alphabet has is -1
 * @param ciphertext as {@code plaintext}
 */
public record Ff1Vector(
    Validity validity,
    int radix,
    Octets key,
    Octets tweak,
    List<Integer> plaintext,
    List<Integer> ciphertext)
    implements Vector {
  public Ff1Vector {
    plaintext = List.copyOf(plaintext);
    ciphertext = List.copyOf(ciphertext);
  }

  @Override
  public List<Engine> engines() {
    return List.of(Engine.values());
  }

  @Override
  public boolean comesOut(FipsModule module, Engine engine) {
    Ff1 ff1 = (engine == Engine.COMPOSED ? Ff1Engine.COMPOSED : Ff1Engine.MODULE)
        .under(module, key.bytes());
    byte[][] there = {numerals(plaintext)};
    ff1.encrypt(radix, there, new byte[][] {tweak.bytes()});
    if (validity == Validity.INVALID) {
      // There is no right answer: to have one at all is wrong.
      return true;
    }
    byte[][] back = {numerals(ciphertext)};
    ff1.decrypt(radix, back, new byte[][] {tweak.bytes()});
    return Arrays.equals(there[0], numerals(ciphertext))
        && Arrays.equals(back[0], numerals(plaintext));
  }

  private static byte[] numerals(List<Integer> from) {
    byte[] numerals = new byte[from.size()];
    for (int i = 0; i < from.size(); i++) {
      int numeral = from.get(i);
      if (numeral < 0 || numeral >= Ff1Domain.MAX_RADIX) {
        throw new IllegalArgumentException("a numeral is not below the radix");
      }
      numerals[i] = (byte) numeral;
    }
    return numerals;
  }

  @Override
  public Optional<String> outsideOf(Engine engine) {
    if (radix > Ff1Domain.MAX_RADIX) {
      return Optional.of("radix above " + Ff1Domain.MAX_RADIX);
    }
    if (radix < Ff1Domain.MIN_RADIX) {
      return Optional.empty();
    }
    return plaintext.size() < Ff1Domain.minLength(radix)
        ? Optional.of("domain below 1,000,000")
        : Optional.empty();
  }
}
