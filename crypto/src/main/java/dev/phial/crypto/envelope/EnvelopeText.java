package dev.phial.crypto.envelope;

import java.util.Base64;

/** The two ways an envelope is written as text. Both are strict: each envelope has exactly one text of each kind. */
public final class EnvelopeText {
  private static final String ANY_PREFIX = "phial:v";
  private static final String TEXT_PREFIX = ANY_PREFIX + "1:";
  // The base64 of the magic "PHL": three bytes, four characters, no spill into the next.
  private static final String BASE64_PREFIX = "UEhM";

  private EnvelopeText() {}

  /** {@code phial:v1:} and base64url without padding, for text fields. */
  public static String toText(byte[] envelope) {
    return TEXT_PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(envelope);
  }

  /** Standard base64 with padding, for fields that must hold base64. */
  public static String toBase64(byte[] envelope) {
    return Base64.getEncoder().encodeToString(envelope);
  }

  /**
   * A quick look for {@link #toText}'s form, of this version or another: a hint for dispatch, not a proof of anything. What a
   * newer program sealed is not to be taken for a plain value.
   */
  public static boolean looksLikeText(String text) {
    return text.startsWith(ANY_PREFIX)
        && text.length() > ANY_PREFIX.length()
        && Character.isDigit(text.charAt(ANY_PREFIX.length()));
  }

  /** A quick look for {@link #toBase64}'s form: a hint for dispatch, not a proof of anything. */
  public static boolean looksLikeBase64(String text) {
    return text.startsWith(BASE64_PREFIX) && text.length() * 3L / 4 >= Layout.OVERHEAD;
  }

  /**
   * Reads either form of a single value.
   *
   * @throws EnvelopeFormatException when the text is not exactly what {@link #toText} or {@link #toBase64} writes
   */
  public static Envelope parse(String text) {
    return Envelope.parse(bytes(text));
  }

  /**
   * Reads either form of a record.
   *
   * @throws EnvelopeFormatException when the text is not exactly what {@link #toText} or {@link #toBase64} writes
   */
  public static SealedRecord parseRecord(String text) {
    return SealedRecord.parse(bytes(text));
  }

  private static byte[] bytes(String text) {
    boolean prefixed = text.startsWith(TEXT_PREFIX);
    byte[] bytes = decode(prefixed ? text.substring(TEXT_PREFIX.length()) : text, prefixed);
    String canonical = prefixed ? toText(bytes) : toBase64(bytes);
    if (!canonical.equals(text)) {
      // The decoder lets unused bits and missing padding pass; two texts for one envelope would
      // break equality checks.
      throw new EnvelopeFormatException("the envelope's text is not in its canonical form");
    }
    return bytes;
  }

  private static byte[] decode(String body, boolean url) {
    try {
      return (url ? Base64.getUrlDecoder() : Base64.getDecoder()).decode(body);
    } catch (IllegalArgumentException e) {
      // Without the cause: its message quotes a character of the input.
      throw new EnvelopeFormatException("the input is not the text of an envelope");
    }
  }
}
