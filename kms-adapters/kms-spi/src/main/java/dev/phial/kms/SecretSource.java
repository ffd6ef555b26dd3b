package dev.phial.kms;

import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** Where a secret is kept. Naming the place is safe; {@link #read} is the one way to the secret itself. */
public sealed interface SecretSource {

  /**
   * Reads the secret now, without a trailing line end. The array belongs to the caller, who wipes it. May block.
   *
   * @throws AccessDeniedException when there is none, or when others than its owner may read it
   */
  char[] read();

  /** A file that only its owner may read. */
  record File(Path path) implements SecretSource {
    @Override
    public char[] read() {
      return OwnerOnlyFile.readText(path);
    }
  }

  /**
   * An environment variable.
   *
   * @param variable its name
   * @param environment gives its value, {@code ""} when unset
   */
  record Environment(String variable, UnaryOperator<String> environment) implements SecretSource {
    @Override
    public char[] read() {
      String value = environment.apply(variable);
      if (value.isEmpty()) {
        throw new AccessDeniedException(
            "environment variable " + variable + " is not set or is empty");
      }
      return value.toCharArray();
    }
  }
}
