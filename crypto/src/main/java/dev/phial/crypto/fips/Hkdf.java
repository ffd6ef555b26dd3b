package dev.phial.crypto.fips;

import org.bouncycastle.crypto.fips.FipsKDF;

/** HKDF (RFC 5869, SP 800-56C), extract and expand, as the module has it. Thread-safe. */
public final class Hkdf {
  private final FipsKDF.AgreementOperatorFactory factory = new FipsKDF.AgreementOperatorFactory();
  private final FipsKDF.AgreementKDFPRF prf;

  /** Needs the module started, so that its classes load in approved-only mode. */
  public Hkdf(FipsModule module, HashName hash) {
    if (!module.info().approvedOnly()) {
      throw new FipsModuleException("the module is not in approved-only mode: restart the process");
    }
    this.prf = FipsKDF.AgreementKDFPRF.valueOf(hash.name() + "_HMAC");
  }

  /** Extracts and expands to {@code length} bytes. */
  public byte[] derive(byte[] input, byte[] salt, byte[] info, int length) {
    try {
      FipsKDF.HKDFKey extracted =
          FipsKDF.HKDF_KEY_BUILDER.withPrf(prf).withSalt(salt).build(input);
      byte[] derived = new byte[length];
      factory
          .createKDFCalculator(
              FipsKDF.HKDF.withPRF(prf).using(extracted.getKey()).withIV(info))
          .generateBytes(derived);
      return derived;
    } catch (RuntimeException | AssertionError e) {
      throw new FipsModuleException("the module refused HKDF: see the cause and its health", e);
    }
  }
}
