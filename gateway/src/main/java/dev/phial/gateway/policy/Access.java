package dev.phial.gateway.policy;

import dev.phial.gateway.identity.Call;

/** temporary */
public record Access(Policy policy) {
  public boolean mayProtect(Call call, String element) {
    return policy.roles().values().stream()
        .anyMatch(r -> call.caller().roles().contains(r.name())
            && r.purposes().contains(call.purpose())
            && (r.protect().contains("*") || r.protect().contains(element)));
  }

  public boolean knows(Call call) {
    return policy.roles().values().stream()
        .anyMatch(r -> call.caller().roles().contains(r.name())
            && r.purposes().contains(call.purpose())
            && !r.reveal().isEmpty());
  }

  public Reveal reveal(Call call, String element) {
    return policy.roles().values().stream()
        .filter(
            r -> call.caller().roles().contains(r.name()) && r.purposes().contains(call.purpose()))
        .map(r -> r.reveal().getOrDefault(element, r.reveal().getOrDefault("*", Reveal.DENY)))
        .min(java.util.Comparator.naturalOrder())
        .orElse(Reveal.DENY);
  }

  public boolean mayAdminister(Call call) {
    return policy.roles().values().stream()
        .anyMatch(r -> call.caller().roles().contains(r.name()) && r.administer());
  }
}
