package dev.phial.gateway.engine;

import dev.phial.crypto.index.IndexRule;
import dev.phial.gateway.policy.Element;
import dev.phial.gateway.policy.Policy;
import dev.phial.gateway.policy.Protection;
import java.util.Optional;

/** Which elements have an index for equality search. */
final class Indexing {
  static final String NOT_TEXT =
      "its index ignores parts of texts, such as case, so it takes text in UTF-8 only";

  private Indexing() {}

  static Optional<IndexRule> rule(Policy policy, String element) {
    return policy.element(element).flatMap(Indexing::rule);
  }

  static Optional<IndexRule> rule(Element element) {
    return element.protection() instanceof Protection.Encrypt encrypt
        ? encrypt.index()
        : Optional.empty();
  }
}
