package dev.phial.gateway.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.util.Base64URL;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;

/**
 * A token in the compact form of RFC 7515, taken apart strictly; nothing of it is believed yet.
 *
 * <p>Headers that bring or point to a key ({@code jwk}, {@code jku}, {@code x5u}) and any {@code crit} are refused: with them a token
 * would choose what it is checked with.
 */
final class CompactJws {
  private static final Set<String> REFUSED =
      Set.of("jwk", "jku", "x5u", "crit", "b64", "zip", "enc");
  /** What an access token may call itself; nothing, too. */
  private static final Set<String> TOKENS = Set.of("", "jwt", "at+jwt", "application/at+jwt");

  private final JWSObject object;

  private CompactJws(JWSObject object) {
    this.object = object;
  }

  /** An access token. */
  static CompactJws parse(String text, int maxCharacters) {
    return parse(text, maxCharacters, TOKENS);
  }

  /** A text of one of these types, which are in small letters; the empty one stands for a text that says none. */
  static CompactJws parse(String text, int maxCharacters, Set<String> types) {
    if (text.length() > maxCharacters) {
      throw new AuthenticationException(
          "the token is longer than " + maxCharacters + " characters");
    }
    String[] parts = text.split("\\.", -1);
    if (parts.length != 3) {
      throw malformed();
    }
    try {
      return new CompactJws(
          checked(new JWSObject(part(parts[0]), part(parts[1]), part(parts[2])), types));
    } catch (ParseException | RuntimeException e) {
      throw e instanceof AuthenticationException refused ? refused : malformed();
    }
  }

  /** Strict base64url: the library skips over characters that do not belong, and one token would have many spellings. */
  private static Base64URL part(String text) {
    byte[] bytes = Base64.getUrlDecoder().decode(text);
    String canonical = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    if (text.isEmpty() || !canonical.equals(text)) {
      throw malformed();
    }
    return new Base64URL(text);
  }

  private static JWSObject checked(JWSObject object, Set<String> types) {
    JWSHeader header = object.getHeader();
    if (header.getIncludedParams().stream().anyMatch(REFUSED::contains)) {
      throw new AuthenticationException("the token's header has a parameter that is not allowed");
    }
    String type = header.getType() == null ? "" : header.getType().getType();
    if (!types.contains(type.toLowerCase(Locale.ROOT))) {
      throw new AuthenticationException("the token is not of the type that is wanted");
    }
    return object;
  }

  private static AuthenticationException malformed() {
    return new AuthenticationException("the token is not a signed JWT in compact form");
  }

  JWSHeader header() {
    return object.getHeader();
  }

  /** The payload, which must be strict UTF-8: with replacement characters two tokens could name one caller. */
  String payload() {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(object.getPayload().toBytes()))
          .toString();
    } catch (CharacterCodingException e) {
      throw malformed();
    }
  }

  boolean signedBy(VerificationKey key) {
    try {
      return key.verifier().verify(header(), object.getSigningInput(), object.getSignature());
    } catch (JOSEException | RuntimeException | AssertionError e) {
      // What cannot be verified is not verified; the module reports some of that as an Error.
      return false;
    }
  }
}
