package dev.phial.crypto.selftest;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.fips.HashName;
import dev.phial.crypto.fips.Hmac;
import dev.phial.crypto.fips.HmacSha256;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * HMAC.
 *
 * @param tag the digest or its first bytes
 */
public record HmacVector(Validity validity, HashName hash, Octets key, Octets message, Octets tag)
    implements Vector {
  private static final int LEAST_KEY = 14;

  @Override
  public List<Engine> engines() {
    return hash == HashName.SHA256 ? List.of(Engine.values()) : List.of(Engine.MODULE);
  }

  @Override
  public boolean comesOut(FipsModule module, Engine engine) {
    byte[] digest = engine == Engine.MODULE
        ? Hmac.digest(module, hash, key.bytes(), message.bytes())
        : new HmacSha256(module, key.bytes()).digest(message.bytes());
    return tag.are(Arrays.copyOf(digest, tag.length()));
  }

  @Override
  public Optional<String> outsideOf(Engine engine) {
    return key.length() < LEAST_KEY ? Optional.of("HMAC key below 112 bits") : Optional.empty();
  }
}
