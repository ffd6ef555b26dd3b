package dev.phial.gateway.logs.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The tokens of which a sender must show one, in any of the forms that log senders have for it. */
public final class Tokens {
  private static final int LEAST_LENGTH = 16;

  private final Optional<List<byte[]>> accepted;

  private Tokens(Optional<List<byte[]>> accepted) {
    this.accepted = accepted;
  }

  /** No token is asked for: who may connect is decided otherwise. */
  public static Tokens none() {
    return new Tokens(Optional.empty());
  }

  /**
   * Those of a file, one a line; empty lines and such that begin with {@code #} are left out.
   *
   * @throws IllegalArgumentException when the file cannot be read, or holds none, or one that is too short
   */
  public static Tokens of(Path file) {
    List<byte[]> tokens;
    try {
      tokens = Files.readAllLines(file, StandardCharsets.UTF_8).stream()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .map(line -> line.getBytes(StandardCharsets.UTF_8))
          .toList();
    } catch (IOException e) {
      throw new IllegalArgumentException("the file of tokens " + file + " cannot be read", e);
    }
    if (tokens.isEmpty() || tokens.stream().anyMatch(token -> token.length < LEAST_LENGTH)) {
      throw new IllegalArgumentException("the file of tokens " + file
          + " must hold tokens of at least " + LEAST_LENGTH + " characters, one a line");
    }
    return new Tokens(Optional.of(tokens));
  }

  /** Whether the value of an Authorization field shows one. */
  public boolean shown(String authorization) {
    return accepted.isEmpty() || accepted.get().stream().anyMatch(matches(secret(authorization)));
  }

  private static java.util.function.Predicate<byte[]> matches(byte[] shown) {
    return token -> MessageDigest.isEqual(token, shown);
  }

  /** {@code Splunk T}, {@code Bearer T}, {@code ApiKey T}, or {@code Basic} with T as the password. */
  private static byte[] secret(String authorization) {
    int space = authorization.indexOf(' ');
    String value = authorization.substring(space + 1).strip();
    if (space > 0 && authorization.substring(0, space).equalsIgnoreCase("Basic")) {
      try {
        String both = new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
        value = both.substring(both.indexOf(':') + 1);
      } catch (IllegalArgumentException e) {
        return new byte[0];
      }
    }
    return value.getBytes(StandardCharsets.UTF_8);
  }
}
