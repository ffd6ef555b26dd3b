package dev.phial.gateway.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import dev.phial.crypto.fips.FipsModule;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.Provider;
import java.util.List;

/**
 * A P-256 key in a file that only its owner can read, and what it signs: the compact form of RFC 7515, ES256, with the key's id
 * and an explicit type (RFC 8725, section 3.11), so that what was signed as one thing is never taken for another.
 *
 * <p>Thread-safe.
 */
public final class SigningKey {
  private final ECKey key;
  private final Provider provider;

  private SigningKey(ECKey key, Provider provider) {
    this.key = key;
    this.provider = provider;
  }

  /**
   * What a key is for, in messages.
   *
   * @param setting the setting that names its file
   * @param power what who reads the file can do
   */
  public record Use(String setting, String power) {}

  /**
   * Reads the key file.
   *
   * @throws IllegalArgumentException when it is not there, not readable by its owner only, or holds no such key
   */
  public static SigningKey open(Path file, Use use, FipsModule module) {
    return new SigningKey(new SigningKeyFile(file, use).read(), module.provider());
  }

  /** Reads the key file, or makes it with a new key and mode 0600. Two processes that start at once end up with one key. */
  public static SigningKey openOrCreate(Path file, Use use, FipsModule module) {
    return new SigningKey(
        new SigningKeyFile(file, use).readOrCreate(module.provider()), module.provider());
  }

  /** The key's id; of the keys that Phial makes, the SHA-256 thumbprint of RFC 7638. */
  public String id() {
    return key.getKeyID();
  }

  /** The public half, as a JWK (RFC 7517). */
  public String publicJwk() {
    return key.toPublicJWK().toJSONString();
  }

  /** The public half, for verification. */
  public VerificationKeys publicKeys() {
    return VerificationKeys.of(List.of(key.toPublicJWK()), provider);
  }

  /**
   * Signs a payload.
   *
   * @param type what the text is, as {@code typ}
   */
  public String sign(String type, String payload) {
    try {
      JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
          .type(new JOSEObjectType(type))
          .keyID(key.getKeyID())
          .build();
      JWSObject text = new JWSObject(header, new Payload(payload.getBytes(StandardCharsets.UTF_8)));
      ECDSASigner signer = new ECDSASigner(key.toECPrivateKey(provider));
      signer.getJCAContext().setProvider(provider);
      text.sign(signer);
      return text.serialize();
    } catch (JOSEException | AssertionError e) {
      throw new IllegalStateException("the cryptographic module could not sign", e);
    }
  }
}
