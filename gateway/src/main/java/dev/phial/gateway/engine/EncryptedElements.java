package dev.phial.gateway.engine;

import dev.phial.gateway.identity.Call;
import dev.phial.gateway.policy.Access;
import dev.phial.gateway.policy.Element;
import dev.phial.gateway.policy.Protection;
import java.util.Optional;

/** What one policy allows one call with elements that are sealed together or as documents: those whose rule is {@code encrypt}. */
final class EncryptedElements {
  private final Access access;
  private final Call call;

  EncryptedElements(Access access, Call call) {
    this.access = access;
    this.call = call;
  }

  /** Why the caller may not protect the element here; nothing when it may. */
  Optional<Outcome.Refused> protectRefusal(String name) {
    Element element = access.policy().element(name).orElse(null);
    if (element == null) {
      return unknown();
    }
    if (!access.mayProtect(call, name)) {
      return refused(
          RefusalCode.PERMISSION_DENIED,
          "no role of this caller may protect element " + name + " for this purpose of use");
    }
    return notEncrypted(element);
  }

  /** Why there is nothing to reveal of the element here, whoever asks; nothing when there may be. */
  Optional<Outcome.Refused> revealRefusal(String name) {
    Element element = access.policy().element(name).orElse(null);
    return element == null ? unknown() : notEncrypted(element);
  }

  private static Optional<Outcome.Refused> unknown() {
    return refused(RefusalCode.UNKNOWN_ELEMENT, "the policy has no such element");
  }

  private static Optional<Outcome.Refused> notEncrypted(Element element) {
    return element.protection() instanceof Protection.Encrypt
        ? Optional.empty()
        : refused(
            RefusalCode.INVALID_VALUE,
            "element " + element.name()
                + " is not protected by encryption in the policy; records and documents hold such elements only");
  }

  private static Optional<Outcome.Refused> refused(RefusalCode code, String message) {
    return Optional.of(new Outcome.Refused(code, message));
  }

  /** @throws EngineException when no role of the caller counts for the call's purpose */
  void requireRole() {
    if (!access.hasRole(call)) {
      throw new EngineException(
          RefusalCode.PERMISSION_DENIED,
          "no role of this caller may reveal anything for this purpose of use");
    }
  }

  Access access() {
    return access;
  }

  Call call() {
    return call;
  }
}
