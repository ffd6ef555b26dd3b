package dev.phial.crypto.token;

import org.jspecify.annotations.Nullable;

/** A token looks like its value, and nothing shows that it is one. */
final class PlainCoding implements Coding {
  private final TokenFormat format;

  PlainCoding(TokenFormat format) {
    this.format = format;
  }

  @Override
  public @Nullable Written readValue(String value) {
    return format.read(value);
  }

  @Override
  public TokenOutcome writeToken(Written written) {
    String text = format.write(written.numerals(), written.shape());
    return text == null ? notAToken() : new TokenOutcome.Token(text);
  }

  @Override
  public @Nullable Written readToken(String token) {
    return format.read(token);
  }

  @Override
  public TokenOutcome writeValue(Written written) {
    String text = format.write(written.numerals(), written.shape());
    return text == null ? notAToken() : new TokenOutcome.Value(text);
  }

  @Override
  public TokenOutcome.Invalid notAToken() {
    return new TokenOutcome.Invalid("the token is not " + format.domain());
  }
}
