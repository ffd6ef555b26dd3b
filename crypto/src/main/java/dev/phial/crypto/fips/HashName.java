package dev.phial.crypto.fips;

/** The hash under an HMAC or HKDF. */
public enum HashName {
  SHA1,
  SHA224,
  SHA256,
  SHA384,
  SHA512
}
