package dev.phial.crypto.selftest;

import dev.phial.crypto.fips.AesKeyWrap;
import dev.phial.crypto.fips.FipsModule;
import java.util.List;
import java.util.Optional;

/** AES-KW and AES-KWP: the product wraps in a KMS, so the module alone is asked. */
public record KeyWrapVector(
    Validity validity, AesKeyWrap mode, Octets wrapping, Octets key, Octets wrapped)
    implements Vector {

  /** AES-KW. */
  public static KeyWrapVector kw(Validity validity, Octets wrapping, Octets key, Octets wrapped) {
    return new KeyWrapVector(validity, AesKeyWrap.KW, wrapping, key, wrapped);
  }

  /** AES-KWP. */
  public static KeyWrapVector kwp(Validity validity, Octets wrapping, Octets key, Octets wrapped) {
    return new KeyWrapVector(validity, AesKeyWrap.KWP, wrapping, key, wrapped);
  }

  @Override
  public List<Engine> engines() {
    return List.of(Engine.MODULE);
  }

  @Override
  public boolean comesOut(FipsModule module, Engine engine) {
    boolean opens = key.are(mode.unwrap(module, wrapping.bytes(), wrapped.bytes()));
    return opens && wrapped.are(mode.wrap(module, wrapping.bytes(), key.bytes()));
  }

  @Override
  public Optional<String> outsideOf(Engine engine) {
    return Optional.empty();
  }
}
