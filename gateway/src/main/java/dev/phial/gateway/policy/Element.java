package dev.phial.gateway.policy;

import dev.phial.crypto.token.Marks;

/**
 * A data element: one kind of PHI, protected in one way on every channel.
 *
 * @param name its name in the policy, {@code [a-z][a-z0-9_]*}
 * @param identifier which of the 18 kinds of 45 CFR 164.514(b)(2) it is, for reports
 * @param protection how it is protected
 * @param mask how it looks to a caller who may see it masked
 */
public record Element(String name, Identifier identifier, Protection protection, Mask mask) {

  /** Whether {@code text} can be a value of this element or what became of one: a token element takes its format only. */
  public boolean fits(String text) {
    if (protection instanceof Protection.Vaulted vaulted) {
      return vaulted.format().map(format -> format.accepts(text)).orElse(true);
    }
    return !(protection instanceof Protection.Tokenize tokenize)
        || tokenize.format().accepts(text)
        || (tokenize.keyVersion() == Protection.KeyVersionMode.MARKED
            && Marks.versionOf(text).isPresent());
  }
}
