package dev.phial.gateway.config;

import dev.phial.crypto.fpe.Ff1Engine;
import dev.phial.gateway.jobs.JobSettings;
import dev.phial.gateway.keys.DestructionRules;
import dev.phial.gateway.keys.KekChoice;
import dev.phial.gateway.keys.KeyLimits;
import dev.phial.gateway.keys.RotationAge;
import dev.phial.kms.resilience.ResilienceSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The whole configuration of one gateway: checked, immutable, all paths absolute. Holds no secret, only the names of the files
 * and variables that do.
 *
 * @param policy the policy file
 * @param dataDir where what the gateway writes is kept
 * @param listeners where it listens
 * @param upstreams what it forwards to, by the names that the policy's routes use
 * @param kms the key management services, by name
 * @param keys which key-encryption keys wrap new data keys, and how data keys are used
 * @param tokens how tokens are computed
 * @param store where wrapped keys are kept
 * @param audit where the audit log goes
 * @param evidence what signs statements
 * @param jobs how it works on jobs
 * @param auth how callers of data prove who they are
 * @param admin how the gateway is administered; empty: not at all
 * @param limits what one request may take
 * @param logs the log gateway, when there is one
 */
public record GatewayConfig(
    Path policy,
    Path dataDir,
    Listeners listeners,
    Map<String, Upstream> upstreams,
    Map<String, Kms> kms,
    Keys keys,
    Tokens tokens,
    Store store,
    Audit audit,
    Evidence evidence,
    JobSettings jobs,
    Auth auth,
    Optional<Admin> admin,
    Limits limits,
    Optional<Logs> logs) {

  /**
   * The listeners.
   *
   * @param http the reverse proxy
   * @param grpc the gRPC services
   * @param management liveness, readiness and metrics
   * @param admin the gRPC service that administers; when there is none nobody can
   */
  public record Listeners(
      Listener http, Listener grpc, Listener management, Optional<Listener> admin) {}

  /**
   * A key management service.
   *
   * @param type the adapter, such as {@code local}
   * @param settings the adapter's own, nested ones written with dots: {@code passphrase.file}; never a secret
   * @param resilience how patient to be with it
   */
  public record Kms(String type, Map<String, String> settings, ResilienceSettings resilience) {
    public Kms {
      settings = Map.copyOf(settings);
    }
  }

  /**
   * The key-encryption keys for new data keys.
   *
   * @param keks which wrap whose
   * @param limits how much and how long opened data keys are used
   * @param rotation when keysets for encryption rotate by their age, if they do
   * @param destruction how long the destruction of a key waits
   */
  public record Keys(
      KekChoice keks,
      KeyLimits limits,
      Optional<RotationAge> rotation,
      DestructionRules destruction) {}

  /**
   * How tokens are computed.
   *
   * @param engine who computes FF1 (decision record 0004); the tokens are the same
   */
  public record Tokens(Ff1Engine engine) {
    static final Tokens DEFAULTS = new Tokens(Ff1Engine.COMPOSED);
  }

  /**
   * The audit log.
   *
   * @param file its file, created when it is not there
   * @param timeout how long a record may take to become durable before its operation is refused
   */
  public record Audit(Path file, Duration timeout) {}

  /**
   * What signs statements: reports of jobs and the like.
   *
   * @param key the signing key's file
   * @param create whether to make it at the first start
   */
  public record Evidence(Path key, boolean create) {}

  public GatewayConfig {
    upstreams = Map.copyOf(upstreams);
    kms = Map.copyOf(kms);
  }
}
