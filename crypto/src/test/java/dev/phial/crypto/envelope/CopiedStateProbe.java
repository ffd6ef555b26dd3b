package dev.phial.crypto.envelope;

import dev.phial.crypto.context.DataContext;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.testing.Keys;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;

/** Threat T2 in a process of its own: seals under a key that its twin has too, and writes the nonces of what it sealed to a file. */
public final class CopiedStateProbe {
  private CopiedStateProbe() {}

  public static void main(String[] args) throws IOException {
    int count = Integer.parseInt(args[1]);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(Path.of(args[0])))) {
      sealed(count, out);
      withCopiedGenerator(count, out);
    }
    System.exit(0);
  }

  private static void sealed(int count, OutputStream out) throws IOException {
    EnvelopeCipher cipher = new EnvelopeCipher(FipsModule.start());
    DataKey key = Keys.encrypt();
    DataContext context = DataContext.of("north", "ssn");
    byte[] plaintext = {1, 2, 3};
    for (int i = 0; i < count; i++) {
      write(cipher.seal(key, context, plaintext), out);
    }
  }

  /** What is left when the module's generator repeats itself in the twin, as it does in a copy of the memory. */
  private static void withCopiedGenerator(int count, OutputStream out) throws IOException {
    Nonces nonces =
        new Nonces(new Repeating(), KernelRandom.open()::fill, Hedge.under(FipsModule.start()));
    byte[] envelope = new byte[Layout.OVERHEAD];
    for (int i = 0; i < count; i++) {
      nonces.writeTo(envelope);
      write(envelope, out);
    }
  }

  private static void write(byte[] envelope, OutputStream out) throws IOException {
    out.write(envelope, Layout.NONCE_AT, Layout.NONCE_LENGTH);
  }

  private static final class Repeating extends SecureRandom {
    private static final long serialVersionUID = 1L;

    @Override
    public void nextBytes(byte[] bytes) {
      Arrays.fill(bytes, (byte) 42);
    }
  }
}
