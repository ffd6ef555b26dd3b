package dev.phial.crypto.selftest;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.fips.GcmSample;
import java.util.List;
import java.util.Optional;

/**
 * AES-GCM. The product's class is asked in both directions; the module by itself opens only, since nothing else than that class
 * encrypts.
 *
 * @param sealed ciphertext and tag
 */
public record GcmVector(
    Validity validity,
    Octets key,
    Octets iv,
    Octets associated,
    Octets plaintext,
    Octets sealed,
    int tagLength)
    implements Vector {
  private static final int KEY_LENGTH = 32;
  private static final int IV_LENGTH = 12;
  private static final int TAG_LENGTH = 16;

  @Override
  public List<Engine> engines() {
    return List.of(Engine.values());
  }

  @Override
  public boolean comesOut(FipsModule module, Engine engine) {
    if (tagLength != TAG_LENGTH) {
      throw new IllegalArgumentException("GCM tags have 128 bits");
    }
    return engine == Engine.MODULE
        ? GcmSample.opensInModule(
            module, key.bytes(), iv.bytes(), associated.bytes(), plaintext.bytes(), sealed.bytes())
        : GcmSample.opensAndSeals(
            module, key.bytes(), iv.bytes(), associated.bytes(), plaintext.bytes(), sealed.bytes());
  }

  @Override
  public Optional<String> outsideOf(Engine engine) {
    if (tagLength != TAG_LENGTH) {
      return Optional.of("tag other than 128 bits");
    }
    if (iv.length() < IV_LENGTH) {
      return Optional.of("IV below 96 bits");
    }
    if (engine == Engine.MODULE) {
      return Optional.empty();
    }
    if (key.length() != KEY_LENGTH) {
      return Optional.of("key other than 256 bits");
    }
    return iv.length() == IV_LENGTH ? Optional.empty() : Optional.of("IV above 96 bits");
  }
}
