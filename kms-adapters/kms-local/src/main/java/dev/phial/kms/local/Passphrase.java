package dev.phial.kms.local;

import dev.phial.kms.AccessDeniedException;
import dev.phial.kms.SecretSource;
import java.io.IOException;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The passphrase of a keystore: read when needed, made when asked. What is kept here is where it is.
 *
 * @param source where it is
 */
record Passphrase(SecretSource source) {
  /** 112 bits: the approved mode refuses a shorter password for PBKDF2, with an {@link Error}. */
  private static final int MIN_BYTES = 14;

  private static final int RANDOM_BYTES = 32;

  /** Reads it; the caller wipes it. */
  char[] read() {
    char[] passphrase = source.read();
    if (StandardCharsets.UTF_8.encode(CharBuffer.wrap(passphrase)).remaining() < MIN_BYTES) {
      throw new AccessDeniedException("the passphrase of the local keystore (" + place()
          + ") is too short: it needs at least " + MIN_BYTES + " bytes");
    }
    return passphrase;
  }

  /** Writes a random one if it is a file that does not exist. An environment variable is left to who sets it. */
  void createIfMissing() throws IOException, GeneralSecurityException {
    if (source instanceof SecretSource.File file && Files.notExists(file.path())) {
      byte[] random = new byte[RANDOM_BYTES];
      SecureRandom.getInstance("DEFAULT", LocalKms.PROVIDER).nextBytes(random);
      new DurableFile(file.path()).write(Base64.getUrlEncoder().withoutPadding().encode(random));
    }
  }

  String place() {
    if (source instanceof SecretSource.File file) {
      return "file " + file.path();
    }
    return source instanceof SecretSource.Environment environment
        ? "environment variable " + environment.variable()
        : "unknown place";
  }
}
