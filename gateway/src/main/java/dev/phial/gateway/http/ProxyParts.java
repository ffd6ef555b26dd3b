package dev.phial.gateway.http;

import dev.phial.gateway.audit.AuditLog;
import dev.phial.gateway.auth.Authenticator;
import dev.phial.gateway.engine.ProtectionEngine;
import dev.phial.gateway.policy.Policy;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Whom the proxy works with. All are thread-safe and none blocks.
 *
 * @param authenticator says who calls
 * @param policy the policy in force; read once for each request
 * @param engine protects and reveals
 * @param audit records refusals before they are answered
 * @param upstreams by the names that routes use
 * @param observer is told of answers
 * @param largeBodies where bodies over 64 KiB are parsed and rewritten
 */
public record ProxyParts(
    Authenticator authenticator,
    Supplier<Policy> policy,
    ProtectionEngine engine,
    AuditLog audit,
    Map<String, Upstream> upstreams,
    HttpObserver observer,
    Executor largeBodies) {
  public ProxyParts {
    upstreams = Map.copyOf(upstreams);
  }
}
