package dev.phial.gateway.engine;

import dev.phial.crypto.token.TokenFormat;
import dev.phial.gateway.identity.Call;
import dev.phial.gateway.identity.Caller;
import dev.phial.gateway.policy.Element;
import dev.phial.gateway.policy.Identifier;
import dev.phial.gateway.policy.Mask;
import dev.phial.gateway.policy.Policy;
import dev.phial.gateway.policy.Protection;
import dev.phial.gateway.policy.Protection.KeyVersionMode;
import dev.phial.gateway.policy.Protection.SealedForm;
import dev.phial.gateway.policy.Reveal;
import dev.phial.gateway.policy.Role;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A policy and callers for tests of records and documents. */
public final class DocumentPolicies {
  public static final Policy POLICY = new Policy(
      "digest",
      elements(
          element("given_name", new Protection.Encrypt(SealedForm.TEXT, false), Mask.ALL),
          element("phone", new Protection.Encrypt(SealedForm.TEXT, true), new Mask(0, 4, '*')),
          element("note", new Protection.Encrypt(SealedForm.BASE64, false), Mask.ALL),
          element("scan", new Protection.Encrypt(SealedForm.TEXT, false), Mask.ALL),
          element(
              "ssn",
              new Protection.Tokenize(TokenFormat.parse("us-ssn"), KeyVersionMode.PINNED),
              Mask.ALL)),
      List.of(),
      roles(
          new Role("application", Set.of("TREAT"), Set.of("*"), Map.of(), false),
          new Role("clinician", Set.of("TREAT"), Set.of("*"), Map.of("*", Reveal.PLAINTEXT), false),
          new Role(
              "support",
              Set.of("HOPERAT"),
              Set.of("phone"),
              Map.of(
                  "phone",
                  Reveal.MASKED,
                  "given_name",
                  Reveal.TOKEN,
                  "scan",
                  Reveal.MASKED,
                  "*",
                  Reveal.DENY),
              false)));

  private DocumentPolicies() {}

  private static Element element(String name, Protection protection, Mask mask) {
    return new Element(name, Identifier.OTHER, protection, mask);
  }

  private static Map<String, Element> elements(Element... elements) {
    return Arrays.stream(elements).collect(Collectors.toMap(Element::name, Function.identity()));
  }

  private static Map<String, Role> roles(Role... roles) {
    return Arrays.stream(roles).collect(Collectors.toMap(Role::name, Function.identity()));
  }

  public static Call call(String tenant, String role, String purpose) {
    return new Call(
        new Caller(role + "@" + tenant, tenant, Set.of(role), Set.of(purpose), Caller.Method.JWT),
        purpose,
        "test",
        "r1");
  }
}
