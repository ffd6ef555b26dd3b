package dev.phial.crypto.token;

import dev.phial.crypto.fpe.Ff1Domain;
import dev.phial.crypto.token.layout.Misfit;
import dev.phial.crypto.token.layout.Reading;
import dev.phial.crypto.token.layout.Written;

/** A token looks like its value, and nothing shows that it is one. */
final class PlainCoding implements Coding {
  private final TokenFormat format;

  PlainCoding(TokenFormat format) {
    this.format = format;
  }

  @Override
  public Reading readValue(String value) {
    return largeEnough(format.read(value));
  }

  @Override
  public TokenOutcome writeToken(Written written) {
    return new TokenOutcome.Token(format.writeToken(written));
  }

  @Override
  public Reading readToken(String token) {
    return largeEnough(format.readToken(token));
  }

  @Override
  public TokenOutcome writeValue(Written written) {
    return new TokenOutcome.Value(written.text());
  }

  @Override
  public TokenOutcome.Invalid notAToken(Misfit misfit) {
    return new TokenOutcome.Invalid(
        "the token is not " + format.domain() + ": " + misfit.inWords());
  }

  // Where a format's own domain varies with the text, the floor holds for each text.
  private static Reading largeEnough(Reading reading) {
    return !(reading instanceof Written written) || reaches(written) ? reading : Misfit.TOO_FEW;
  }

  private static boolean reaches(Written written) {
    Written also = written.also();
    return written.space().reaches(Ff1Domain.FLOOR) && (also == null || reaches(also));
  }
}
