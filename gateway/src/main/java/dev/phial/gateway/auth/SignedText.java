package dev.phial.gateway.auth;

import com.nimbusds.jose.JOSEObjectType;
import java.util.Locale;
import java.util.Set;

/**
 * What a {@link SigningKey} has signed, verified with public keys alone.
 *
 * @param type what it is: its {@code typ}, in small letters
 * @param keyId the id of the key that signed it
 * @param payload what was signed
 */
public record SignedText(String type, String keyId, String payload) {

  /**
   * Verifies a text in compact form.
   *
   * @param types what it may be, in small letters
   * @throws AuthenticationException when it is malformed, longer than {@code maxCharacters}, of another type or not signed by one
   *     of the keys
   */
  public static SignedText verify(
      String text, int maxCharacters, Set<String> types, VerificationKeys keys) {
    CompactJws jws = parse(text, maxCharacters, types);
    String keyId = jws.header().getKeyID();
    JOSEObjectType type = jws.header().getType();
    if (keyId == null || type == null) {
      throw new AuthenticationException("it does not say what it is or which key signed it");
    }
    if (!keys.has(keyId)) {
      throw new AuthenticationException("it names a signing key that is not among those given");
    }
    if (!keys.verify(jws)) {
      throw new AuthenticationException("its signature is not valid: it was changed or forged");
    }
    return new SignedText(type.getType().toLowerCase(Locale.ROOT), keyId, jws.payload());
  }

  private static CompactJws parse(String text, int maxCharacters, Set<String> types) {
    try {
      return CompactJws.parse(text, maxCharacters, types);
    } catch (AuthenticationException e) {
      // What went wrong is said of tokens there.
      throw new AuthenticationException(
          "it is not a signed text in compact form (RFC 7515) of a type that is known here");
    }
  }
}
