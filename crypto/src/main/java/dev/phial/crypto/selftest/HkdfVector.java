package dev.phial.crypto.selftest;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.fips.HashName;
import dev.phial.crypto.fips.Hkdf;
import java.util.List;
import java.util.Optional;

/** HKDF: the product derives with SP 800-108, so the module alone is asked. */
public record HkdfVector(
    Validity validity,
    HashName hash,
    Octets input,
    Octets salt,
    Octets info,
    int length,
    Octets output)
    implements Vector {
  private static final int LEAST_KEY = 14;

  @Override
  public List<Engine> engines() {
    return List.of(Engine.MODULE);
  }

  @Override
  public boolean comesOut(FipsModule module, Engine engine) {
    byte[] derived =
        new Hkdf(module, hash).derive(input.bytes(), salt.bytes(), info.bytes(), length);
    // An invalid one has no right answer: to have one at all is wrong.
    return validity == Validity.INVALID || output.are(derived);
  }

  @Override
  public Optional<String> outsideOf(Engine engine) {
    return input.length() < LEAST_KEY ? Optional.of("input key below 112 bits") : Optional.empty();
  }
}
