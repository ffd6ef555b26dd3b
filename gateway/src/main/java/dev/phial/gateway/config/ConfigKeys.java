package dev.phial.gateway.config;

import java.util.List;

/**
 * Every key of the configuration, for overrides and for the test that holds docs/configuration.md to it. {@code *} stands for a
 * name that the file's author chose, {@code #} for a place in a list, {@code **} for an adapter's own settings.
 */
final class ConfigKeys {
  static final List<String> ALL = List.of(
      "policy",
      "data_dir",
      "listeners.http.address",
      "listeners.http.tls.certificate",
      "listeners.http.tls.key",
      "listeners.http.tls.client_ca",
      "listeners.grpc.address",
      "listeners.grpc.tls.certificate",
      "listeners.grpc.tls.key",
      "listeners.grpc.tls.client_ca",
      "listeners.management.address",
      "upstreams.*.url",
      "upstreams.*.tls.ca",
      "kms.*.type",
      "kms.*.**",
      "kms.*.resilience.timeout",
      "kms.*.resilience.attempts",
      "kms.*.resilience.backoff",
      "kms.*.resilience.max_backoff",
      "kms.*.resilience.failure_rate",
      "kms.*.resilience.window",
      "kms.*.resilience.open_for",
      "kms.*.resilience.concurrency",
      "kms.*.resilience.rate",
      "keys.kek",
      "keys.limits.messages",
      "keys.limits.bytes",
      "keys.cache.keysets",
      "keys.cache.max_age",
      "tokens.engine",
      "store.type",
      "store.file",
      "audit.file",
      "audit.timeout",
      "auth.jwt.#.issuer",
      "auth.jwt.#.audience",
      "auth.jwt.#.jwks_file",
      "auth.local_issuer.file",
      "auth.local_issuer.create",
      "auth.mtls.#.subject",
      "auth.mtls.#.caller",
      "auth.mtls.#.tenant",
      "auth.mtls.#.roles",
      "auth.mtls.#.purposes",
      "limits.max_body",
      "limits.max_header",
      "limits.max_request_line",
      "limits.max_value",
      "limits.json_depth",
      "limits.json_string",
      "limits.json_tokens",
      "limits.batch_items",
      "limits.connections",
      "limits.header_timeout",
      "limits.body_timeout",
      "limits.idle_timeout",
      "limits.connect_timeout",
      "limits.upstream_timeout",
      "limits.drain_timeout");

  private ConfigKeys() {}
}
