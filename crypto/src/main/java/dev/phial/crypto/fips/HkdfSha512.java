package dev.phial.crypto.fips;

import org.bouncycastle.crypto.fips.FipsKDF;
import org.bouncycastle.crypto.fips.FipsKDF.AgreementKDFPRF;

/** HKDF of RFC 5869 with HMAC-SHA-512, extract and expand (SP 800-56C, two steps). Thread-safe. */
public final class HkdfSha512 {
  private final FipsKDF.AgreementOperatorFactory factory = new FipsKDF.AgreementOperatorFactory();

  /** Needs the module started, so that its classes load in approved-only mode. */
  public HkdfSha512(FipsModule module) {
    if (!module.info().approvedOnly()) {
      throw new FipsModuleException("the module is not in approved-only mode: restart the process");
    }
  }

  /** Derives {@code length} bytes from {@code key}. */
  public byte[] derive(byte[] key, byte[] salt, byte[] info, int length) {
    try {
      byte[] extracted = FipsKDF.HKDF_KEY_BUILDER
          .withPrf(AgreementKDFPRF.SHA512_HMAC)
          .withSalt(salt)
          .build(key)
          .getKey();
      byte[] derived = new byte[length];
      factory
          .createKDFCalculator(
              FipsKDF.HKDF.withPRF(AgreementKDFPRF.SHA512_HMAC).using(extracted).withIV(info))
          .generateBytes(derived);
      return derived;
    } catch (RuntimeException | AssertionError e) {
      throw new FipsModuleException(
          "the module refused to derive a key: see the cause and its health", e);
    }
  }
}
