package dev.phial.gateway.admin.approval;

import dev.phial.gateway.identity.Caller;
import java.text.Normalizer;
import java.util.Locale;

/**
 * An administrator, as somebody vouches for him.
 *
 * @param name the subject
 * @param issuer who vouches for it
 */
public record Person(String name, String issuer) {

  static Person of(Caller caller) {
    return new Person(caller.subject(), caller.issuer());
  }

  /** Whether the two names may be one person's: told apart only by what an eye takes for a difference. */
  boolean mayBe(Person other) {
    return folded(name).equals(folded(other.name));
  }

  private static String folded(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFKC).strip().toLowerCase(Locale.ROOT);
  }
}
