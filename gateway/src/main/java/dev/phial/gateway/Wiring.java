package dev.phial.gateway;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.fips.ModuleInfo;
import dev.phial.gateway.admin.AdminOperations;
import dev.phial.gateway.admin.AuditedKeyEvents;
import dev.phial.gateway.audit.AuditEvent;
import dev.phial.gateway.audit.AuditLog;
import dev.phial.gateway.audit.FileAuditLog;
import dev.phial.gateway.audit.FileDevice;
import dev.phial.gateway.auth.Authenticator;
import dev.phial.gateway.config.Admin;
import dev.phial.gateway.config.GatewayConfig;
import dev.phial.gateway.engine.AuditedDocuments;
import dev.phial.gateway.engine.AuditedEngine;
import dev.phial.gateway.engine.AuditedRecords;
import dev.phial.gateway.engine.DeadlineDocuments;
import dev.phial.gateway.engine.DeadlineEngine;
import dev.phial.gateway.engine.DeadlineRecords;
import dev.phial.gateway.engine.DocumentEngine;
import dev.phial.gateway.engine.EngineLimits;
import dev.phial.gateway.engine.Engines;
import dev.phial.gateway.engine.PolicyDocuments;
import dev.phial.gateway.engine.PolicyEngine;
import dev.phial.gateway.engine.PolicyRecords;
import dev.phial.gateway.engine.ProtectionEngine;
import dev.phial.gateway.engine.Protectors;
import dev.phial.gateway.engine.RecordEngine;
import dev.phial.gateway.evidence.Evidence;
import dev.phial.gateway.grpc.GrpcServices;
import dev.phial.gateway.jobs.Jobs;
import dev.phial.gateway.keys.KeyCare;
import dev.phial.gateway.keys.KeysetFollower;
import dev.phial.gateway.keys.Keysets;
import dev.phial.gateway.keys.RegularWork;
import dev.phial.gateway.management.ManagementServer;
import dev.phial.gateway.observe.KeyMeters;
import dev.phial.gateway.observe.KmsMeters;
import dev.phial.gateway.observe.MeteredAudit;
import dev.phial.gateway.observe.MeteredDocuments;
import dev.phial.gateway.observe.MeteredEngine;
import dev.phial.gateway.observe.MeteredRecords;
import dev.phial.gateway.observe.Metrics;
import dev.phial.gateway.observe.Readiness;
import dev.phial.gateway.policy.Policy;
import dev.phial.gateway.policy.PolicyLoader;
import dev.phial.gateway.store.SqlStore;
import dev.phial.gateway.store.TokenStore;
import dev.phial.gateway.tls.TlsContexts;
import dev.phial.kms.Kms;
import dev.phial.kms.KmsProvider;
import dev.phial.kms.KmsSettings;
import dev.phial.kms.resilience.ResilientKms;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a gateway together: the one place that knows everybody (decision record 0010). Read it from {@link #start} down; what is
 * opened first is closed last.
 */
final class Wiring {
  private static final Logger LOG = LoggerFactory.getLogger(Wiring.class);
  private static final Duration ENGINE_DEADLINE = Duration.ofSeconds(10);
  // Four tries within the time after which a gateway takes its keys for incomplete, and others do
  // not wait for it.
  private static final Duration KEYS_FOLLOW_EVERY = Duration.ofSeconds(5);

  private static final Duration OLD_KEYS_EVERY = Duration.ofMinutes(1);

  private static final Duration DUE_KEYS_EVERY = Duration.ofMinutes(1);
  private static final Duration EXPIRED_TOKENS_EVERY = Duration.ofMinutes(10);

  private final GatewayConfig config;
  private final Closing closing;
  private final Clock clock = Clock.systemUTC();
  private final Readiness readiness = new Readiness();
  private final Metrics metrics;

  Wiring(GatewayConfig config, Closing closing) {
    this.config = config;
    this.closing = closing;
    this.metrics = closing.add(new Metrics(readiness));
  }

  Gateway start() {
    FipsModule fips = FipsModule.start();
    Policy policy = new PolicyLoader().load(config.policy(), config.upstreams().keySet());
    ExecutorService workers = workers();
    AuditLog audit = audit(workers);
    Evidence evidence = EvidenceWiring.of(config.evidence(), fips, clock);
    TlsContexts tls = new TlsContexts(fips);
    SqlStore store =
        closing.add(new StoreWiring(tls, Wiring::environment, clock).open(config.store()));
    closing.add(RegularWork.start(
        "deleting expired tokens",
        () -> store.tokens().deleteExpired(clock.instant()),
        EXPIRED_TOKENS_EVERY));
    Keysets keys = keys(fips, store, audit);
    Engines engines = engines(fips, policy, keys, store.tokens(), audit, workers);
    Jobs jobs = new JobWiring(config, fips, clock).start(closing, store, keys, evidence, audit);
    AdminOperations administration =
        new AdminWiring(config, policy, audit, clock).operations(keys, store, jobs, evidence);
    Admin.Approvals approvals = AdminWiring.approvals(config);
    readiness.require("fips module", fips::healthy);
    readiness.require("audit log", audit::writable);
    readiness.require("keys", keys::available);

    recordStart(audit, policy, fips.info(), evidence, approvals);

    AuthWiring auth = new AuthWiring(config.auth(), config.admin().map(Admin::auth), fips, clock);
    Authenticator authenticator = auth.ofData();
    ManagementServer management = management(fips.info(), keys);
    GrpcWiring grpcs = new GrpcWiring(config, tls, audit, readiness::ready);
    SocketAddress grpc = grpcs.start(
        closing,
        config.listeners().grpc(),
        authenticator,
        GrpcServices.data(engines, Maskers.ofCallers(policy, engines.values())));
    Optional<SocketAddress> admin = config
        .listeners()
        .admin()
        .map(listener -> grpcs.start(
            closing,
            listener,
            auth.ofAdministration(),
            GrpcServices.administration(administration)));
    SocketAddress http = new HttpWiring(config, tls)
        .start(
            closing,
            authenticator,
            policy,
            engines.values(),
            audit,
            new HttpMeters(metrics.registry()),
            workers);
    Map<String, SocketAddress> logs = config
        .logs()
        .map(wanted -> new LogWiring(
                config,
                wanted,
                tls,
                Maskers.of(policy, engines.values(), wanted.caller()),
                workers,
                audit,
                policy.digest())
            .start(closing, metrics.registry(), readiness))
        .orElse(Map.of());
    if (admin.isEmpty()) {
      LOG.info("admin: no listener (listeners.admin): nobody can administer this gateway");
    } else if (approvals.persons() == 1) {
      LOG.warn(
          "admin: one person alone can destroy what cannot be had back (admin.approvals.persons: 1)");
    }
    readiness.open();
    return new Gateway(
        closing, readiness, new Gateway.Addresses(http, grpc, admin, management.address(), logs));
  }

  private ExecutorService workers() {
    int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
    ExecutorService workers = Executors.newFixedThreadPool(threads, task -> {
      Thread thread = new Thread(task, "phial-worker");
      thread.setDaemon(true);
      return thread;
    });
    closing.add(workers::shutdownNow);
    return workers;
  }

  private AuditLog audit(ExecutorService workers) {
    FileAuditLog log = closing.add(new FileAuditLog(
        new FileDevice(config.audit().file()), config.audit().timeout(), clock, workers));
    log.start();
    return new MeteredAudit(log, metrics.registry());
  }

  private Keysets keys(FipsModule fips, SqlStore store, AuditLog audit) {
    Map<String, Kms> services = new HashMap<>();
    ScheduledExecutorService timer = kmsTimer();
    KmsMeters meters = new KmsMeters(metrics.registry());
    config
        .kms()
        .forEach((name, kms) -> services.put(
            name,
            closing.add(
                new ResilientKms(kms.resilience(), meters, timer).around(name, open(name, kms)))));
    KeyMeters events = new KeyMeters(metrics.registry(), new AuditedKeyEvents(audit));
    KeyCare care = new KeyCare(config.keys().limits(), events, System::nanoTime);
    Keysets keys =
        closing.add(new Keysets(store, services, config.keys().keks(), fips.random(), clock, care));
    events.watch(keys);
    Waiting.brieflyForStart(keys.probe());
    Waiting.forStart("keys", keys.join());
    closing.add(KeysetFollower.start(keys, KEYS_FOLLOW_EVERY));
    config
        .keys()
        .rotation()
        .ifPresent(age -> closing.add(RegularWork.start(
            "rotating keys that are too old", () -> keys.rotateDue(age), OLD_KEYS_EVERY)));
    closing.add(
        RegularWork.start("destroying keys that are due", keys::destroyDue, DUE_KEYS_EVERY));
    return keys;
  }

  private ScheduledExecutorService kmsTimer() {
    ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
      Thread thread = new Thread(task, "phial-kms-retries");
      thread.setDaemon(true);
      return thread;
    });
    timer.setRemoveOnCancelPolicy(true);
    closing.add(timer::shutdownNow);
    return timer;
  }

  private Kms open(String name, GatewayConfig.Kms kms) {
    return KmsProvider.ofType(kms.type(), Wiring.class.getClassLoader())
        .open(new KmsSettings(name, kms.settings(), config.dataDir(), Wiring::environment));
  }

  private static String environment(String variable) {
    return System.getenv().getOrDefault(variable, "");
  }

  private Engines engines(
      FipsModule fips,
      Policy policy,
      Keysets keys,
      TokenStore tokens,
      AuditLog audit,
      ExecutorService workers) {
    EngineLimits limits = new EngineLimits(
        config.limits().batchItems(),
        4L * config.limits().maxBody(),
        EngineLimits.DEFAULT.inlineBytes());
    ProtectionEngine core = new PolicyEngine(
        () -> policy,
        keys,
        Protectors.create(fips, config.tokens().engine(), clock, tokens, workers),
        limits,
        workers);
    RecordEngine records = new PolicyRecords(() -> policy, keys, fips, limits, workers);
    DocumentEngine documents = new PolicyDocuments(() -> policy, keys, fips, limits, workers);
    return new Engines(
        new MeteredEngine(
            new AuditedEngine(new DeadlineEngine(core, ENGINE_DEADLINE), audit),
            metrics.registry()),
        new MeteredRecords(
            new AuditedRecords(new DeadlineRecords(records, ENGINE_DEADLINE), audit),
            metrics.registry()),
        new MeteredDocuments(
            new AuditedDocuments(new DeadlineDocuments(documents, ENGINE_DEADLINE), audit),
            metrics.registry()));
  }

  private ManagementServer management(ModuleInfo module, Keysets keys) {
    try {
      return closing.add(ManagementServer.start(
          Addresses.tcp("listeners.management", config.listeners().management().address()),
          readiness::report,
          () -> facts(module, keys),
          metrics::scrape));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "listeners.management: cannot listen on "
              + config.listeners().management().address() + ": " + e.getMessage(),
          e);
    }
  }

  /** Of several KMSs one may be away without the gateway being of no use: that is told, and counts for nothing. */
  private static Map<String, String> facts(ModuleInfo module, Keysets keys) {
    Map<String, String> facts = new HashMap<>();
    facts.put("crypto module", module.name() + " " + module.version());
    facts.put("crypto module sha256", module.jarSha256());
    facts.put("approved-only mode", String.valueOf(module.approvedOnly()));
    facts.put("native code", module.nativeVariant());
    keys.services()
        .forEach((kms, reached) -> facts.put("kms " + kms, reached ? "reached" : "not reached"));
    return facts;
  }

  private void recordStart(
      AuditLog audit,
      Policy policy,
      ModuleInfo module,
      Evidence evidence,
      Admin.Approvals approvals) {
    AuditEvent started = new AuditEvent(
        "start",
        "phial",
        "",
        "",
        "gateway",
        "",
        "ok",
        List.of(),
        Map.of(
            "policy_sha256",
            policy.digest(),
            "module",
            module.version(),
            "module_sha256",
            module.jarSha256(),
            "evidence_key",
            evidence.keyId(),
            "approval_persons",
            String.valueOf(approvals.persons())));
    Waiting.forStart("audit", audit.append(started).thenApply(done -> true));
  }
}
