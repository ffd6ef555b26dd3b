package dev.phial.gateway.admin;

import dev.phial.gateway.keys.DestructionRules;
import dev.phial.gateway.keys.KeysetView;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the audit log says of the end of keys. */
final class DestructionDetails {
  private DestructionDetails() {}

  /** Which versions, and on whose word. */
  static Map<String, String> of(KeysetView keyset, List<Integer> versions) {
    Map<String, String> details = new HashMap<>(Map.of(
        "keyset", keyset.keysetId(),
        "key_tenant", keyset.tenant(),
        "key_purpose", keyset.purpose().name(),
        "key_versions", versions.stream().map(String::valueOf).collect(Collectors.joining(","))));
    keyset.versions().stream()
        .filter(version -> versions.contains(version.version()))
        .flatMap(version -> version.destruction().stream())
        .findFirst()
        .ifPresent(how -> {
          details.put("asked_by", how.askedBy());
          details.put("asked_in", how.request());
          details.put("due", how.due().toString());
        });
    return details;
  }

  /** The same for a plan; a waiting time below a week shows, whoever configured it. */
  static Map<String, String> of(DestructionPlan plan, Duration waiting, boolean discard) {
    Map<String, String> details = new HashMap<>(of(plan.keyset(), plan.versions()));
    details.put("waiting_s", String.valueOf(waiting.toSeconds()));
    if (waiting.compareTo(DestructionRules.PRUDENT) < 0) {
      details.put("waiting_shortened", "true");
    }
    if (discard && !plan.dependents().isEmpty()) {
      details.put("discarded", Dependents.words(plan.dependents()));
    }
    return details;
  }
}
