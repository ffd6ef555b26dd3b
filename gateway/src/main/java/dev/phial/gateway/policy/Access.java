package dev.phial.gateway.policy;

import dev.phial.gateway.identity.Call;
import java.util.stream.Stream;

/**
 * Who may do what: decisions of one policy. Pure functions of policy and call; what no role of the caller allows is denied,
 * and so is everything for a role, an element or a purpose that the policy does not know.
 */
public final class Access {
  private final Policy policy;

  public Access(Policy policy) {
    this.policy = policy;
  }

  /** Whether the caller may send in plain values of the element. */
  public boolean mayProtect(Call call, String element) {
    return known(element) && rolesFor(call).anyMatch(role -> sends(role, element));
  }

  /**
   * In which form the caller may see the element: the most generous of those that the caller's roles grant for the call's
   * purpose. A role's word about the element itself goes before its {@code "*"}.
   */
  public Reveal reveal(Call call, String element) {
    if (!known(element)) {
      return Reveal.DENY;
    }
    return rolesFor(call)
        .map(role -> granted(role, element))
        .min(Reveal::compareTo)
        .orElse(Reveal.DENY);
  }

  /**
   * Whether any role of the caller counts for the call's purpose. Who has none is told so, once, instead of getting records with
   * everything left out.
   */
  public boolean hasRole(Call call) {
    return rolesFor(call).findAny().isPresent();
  }

  /** The policy decided by. */
  public Policy policy() {
    return policy;
  }

  /** Whether the caller may list and rotate keys. Not bound to a purpose: no patient data is touched. */
  public boolean mayAdminister(Call call) {
    return roles(call).anyMatch(Role::administer);
  }

  private boolean known(String element) {
    return policy.elements().containsKey(element);
  }

  static boolean sends(Role role, String element) {
    return role.protect().contains(element) || role.protect().contains(Role.ANY);
  }

  static Reveal granted(Role role, String element) {
    Reveal any = role.reveal().getOrDefault(Role.ANY, Reveal.DENY);
    return role.reveal().getOrDefault(element, any);
  }

  private Stream<Role> rolesFor(Call call) {
    return roles(call).filter(role -> role.purposes().contains(call.purpose()));
  }

  private Stream<Role> roles(Call call) {
    return call.caller().roles().stream()
        .filter(policy.roles()::containsKey)
        .map(policy.roles()::get);
  }
}
