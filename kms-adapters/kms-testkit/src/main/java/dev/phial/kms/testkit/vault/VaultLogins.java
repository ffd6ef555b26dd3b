package dev.phial.kms.testkit.vault;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Who may log in, by which method, and what tokens they get. */
public final class VaultLogins {
  private final VaultTokens tokens;
  private final Map<String, Entry> entries = new ConcurrentHashMap<>();

  VaultLogins(VaultTokens tokens) {
    this.tokens = tokens;
  }

  private record Entry(String proof, Duration ttl, Duration maximum, boolean renewable) {}

  /** An AppRole at a mount. */
  public void appRole(
      String mount, String roleId, String secretId, Duration ttl, Duration maximum) {
    entries.put(mount + "|" + roleId, new Entry(secretId, ttl, maximum, true));
  }

  /** A Kubernetes role at a mount, for one service account token. */
  public void kubernetes(String mount, String role, String jwt, Duration ttl, Duration maximum) {
    entries.put(mount + "|" + role, new Entry(jwt, ttl, maximum, true));
  }

  /** A certificate at a mount, by its subject. Its tokens cannot be renewed. */
  public void certificate(String mount, String subject, Duration ttl) {
    entries.put(mount + "|" + subject, new Entry("", ttl, ttl, false));
  }

  String login(String mount, Fields body, @Nullable String subject) {
    if (body.body().has("role_id")) {
      Fields fields = body.only("role_id", "secret_id");
      return give(
          mount,
          fields.required("role_id"),
          fields.required("secret_id"),
          "invalid role or secret ID");
    }
    if (body.body().has("jwt")) {
      Fields fields = body.only("role", "jwt");
      return give(mount, fields.required("role"), fields.required("jwt"), "permission denied");
    }
    body.only("name");
    if (subject == null) {
      throw new VaultRefusal(400, "client certificate must be supplied");
    }
    return give(mount, subject, "", "invalid certificate or no client certificate supplied");
  }

  private String give(String mount, String who, String proof, String otherwise) {
    Entry entry = entries.get(mount + "|" + who);
    if (entry == null || !entry.proof().equals(proof)) {
      throw new VaultRefusal(otherwise.equals("permission denied") ? 403 : 400, otherwise);
    }
    return tokens.give(entry.ttl(), entry.maximum(), entry.renewable());
  }
}
