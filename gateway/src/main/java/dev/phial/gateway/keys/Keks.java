package dev.phial.gateway.keys;

import dev.phial.kms.KekRef;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The key-encryption keys that wrap a tenant's data keys: one, or two of which either opens them (decision record 0021).
 *
 * @param first is asked first
 * @param second wraps every data key once more; another key than the first
 */
public record Keks(KekRef first, Optional<KekRef> second) {
  public Keks {
    if (second.isPresent() && second.get().equals(first)) {
      throw new IllegalArgumentException("the second KEK is another key than the first");
    }
  }

  /** One KEK alone. */
  public static Keks of(KekRef only) {
    return new Keks(only, Optional.empty());
  }

  Stream<KekRef> all() {
    return Stream.concat(Stream.of(first), second.stream());
  }
}
