package dev.phial.kms.rest;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The access token in use, got again some time before it ends. Many callers get one token. Thread-safe. */
public final class AccessTokens {
  private static final Duration EARLY = Duration.ofSeconds(60);

  private final Supplier<Token> source;
  private final InstantSource clock;
  private @Nullable Token token;
  private Instant until = Instant.MIN;

  public AccessTokens(Supplier<Token> source, InstantSource clock) {
    this.source = source;
    this.clock = clock;
  }

  /** A token that is good for a while yet. May wait for the issuer. */
  public synchronized String current() {
    Token current = token;
    if (current == null || !clock.instant().isBefore(until)) {
      Instant asked = clock.instant();
      current = source.get();
      token = current;
      Duration good = current.lifetime().minus(EARLY);
      until = asked.plus(good.isNegative() ? current.lifetime().dividedBy(2) : good);
    }
    return current.value();
  }

  /** Forgets a token that was refused. */
  public synchronized void refused(String value) {
    if (token != null && token.value().equals(value)) {
      token = null;
    }
  }

  /**
   * A token; not shown.
   *
   * @param value what is sent
   * @param lifetime from when it was asked for
   */
  public record Token(String value, Duration lifetime) {
    @Override
    public String toString() {
      return "Token[for " + lifetime + "]";
    }
  }
}
