package dev.phial.gateway.config;

import dev.phial.crypto.fpe.Ff1Engine;
import dev.phial.gateway.config.GatewayConfig.Audit;
import dev.phial.gateway.config.GatewayConfig.Evidence;
import dev.phial.gateway.config.GatewayConfig.Keys;
import dev.phial.gateway.config.GatewayConfig.Kms;
import dev.phial.gateway.config.GatewayConfig.Listeners;
import dev.phial.gateway.config.GatewayConfig.Tokens;
import dev.phial.gateway.jobs.JobSettings;
import dev.phial.gateway.yaml.YamlFields;
import dev.phial.gateway.yaml.YamlNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** From the document, overrides applied, to the records. Empty, and problems collected, when a needed part is not there. */
final class ConfigReader {
  private static final Duration AUDIT_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration LONGEST_AUDIT_TIMEOUT = Duration.ofMinutes(1);

  private static final int MOST_JOB_RATE = 10_000;
  private static final Duration SHORTEST_JOB_LEASE = Duration.ofSeconds(1);
  private static final Duration LONGEST_JOB_LEASE = Duration.ofMinutes(10);
  private static final Path EVIDENCE_KEY = Path.of("evidence", "signing.jwk");

  private final YamlFields fields;
  private final Directories directories;

  ConfigReader(YamlNode root, Path configDirectory) {
    this.fields = root.fields();
    Path data = fields
        .required("data_dir")
        .flatMap(d -> d.parse(text -> Directories.resolve(configDirectory, text)))
        .orElse(configDirectory);
    this.directories = new Directories(configDirectory, data);
  }

  Optional<GatewayConfig> read() {
    Optional<Path> policy = fields.required("policy").flatMap(directories::read);
    Optional<YamlNode> listenersNode = fields.required("listeners");
    Optional<Listeners> listeners = listenersNode.map(new ListenersReader(directories)::read);
    Map<String, Upstream> upstreams =
        fields.optional("upstreams").map(new UpstreamsReader(directories)::read).orElse(Map.of());
    Map<String, Kms> kms = fields.required("kms").map(KmsReader::read).orElse(Map.of());
    Optional<Keys> keys =
        fields.required("keys").flatMap(node -> KeysReader.read(node, kms.keySet()));
    Tokens tokens = fields.optional("tokens").map(ConfigReader::tokens).orElse(Tokens.DEFAULTS);
    Optional<Store> store = fields.required("store").flatMap(new StoreReader(directories)::read);
    Optional<Audit> audit = fields.required("audit").flatMap(this::audit);
    Evidence evidence =
        fields.optional("evidence").map(this::evidence).orElseGet(this::usualEvidence);
    JobSettings jobs = fields.optional("jobs").map(ConfigReader::jobs).orElse(JobSettings.DEFAULTS);
    Optional<YamlNode> authNode = fields.required("auth");
    Auth auth = authNode.map(new AuthReader(directories)::read).orElse(Auth.NOBODY);
    Optional<YamlNode> adminNode = fields.optional("admin");
    Optional<Admin> admin =
        adminNode.map(node -> new AdminReader(directories).read(node, auth, listeners));
    Limits limits = fields.optional("limits").map(LimitsReader::read).orElse(Limits.DEFAULTS);
    Optional<Logs> logs = fields.optional("logs").map(new LogsReader(directories)::read);
    fields.done();
    authNode.ifPresent(node -> listeners.ifPresent(l -> AuthReader.checkMtls(
        auth, List.of(Optional.of(l.http()), Optional.of(l.grpc())), node, "http or grpc")));
    listenersNode.ifPresent(node -> listeners.ifPresent(l -> checkAdmin(l, adminNode, node)));
    if (Stream.of(policy, listeners, keys, store, audit).anyMatch(Optional::isEmpty)) {
      return Optional.empty();
    }
    return Optional.of(new GatewayConfig(
        policy.get(),
        directories.data(),
        listeners.get(),
        upstreams,
        kms,
        keys.get(),
        tokens,
        store.get(),
        audit.get(),
        evidence,
        jobs,
        auth,
        admin,
        limits,
        logs));
  }

  private static Tokens tokens(YamlNode node) {
    YamlFields fields = node.fields();
    Optional<Tokens> tokens = fields
        .optional("engine")
        .flatMap(engine -> engine.parse(ConfigReader::engine))
        .map(Tokens::new);
    fields.done();
    return tokens.orElse(Tokens.DEFAULTS);
  }

  private static Ff1Engine engine(String text) {
    return switch (text) {
      case "composed" -> Ff1Engine.COMPOSED;
      case "module" -> Ff1Engine.MODULE;
      default -> throw new IllegalArgumentException("must be composed or module");
    };
  }

  private Optional<Audit> audit(YamlNode node) {
    YamlFields fields = node.fields();
    Duration timeout = fields
        .optional("timeout")
        .flatMap(t -> t.parse(text -> Units.duration(text, LONGEST_AUDIT_TIMEOUT)))
        .orElse(AUDIT_TIMEOUT);
    Optional<Audit> audit =
        fields.required("file").flatMap(directories::written).map(file -> new Audit(file, timeout));
    fields.done();
    return audit;
  }

  private Evidence evidence(YamlNode node) {
    YamlFields fields = node.fields();
    Evidence evidence =
        fields.optional("key").map(this::evidenceKey).orElseGet(this::usualEvidence);
    fields.done();
    return evidence;
  }

  private Evidence evidenceKey(YamlNode node) {
    YamlFields fields = node.fields();
    Evidence usual = usualEvidence();
    Evidence evidence = new Evidence(
        fields.optional("file").flatMap(directories::written).orElse(usual.key()),
        fields.flag("create", usual.create()));
    fields.done();
    return evidence;
  }

  private Evidence usualEvidence() {
    return new Evidence(directories.data().resolve(EVIDENCE_KEY), true);
  }

  private static JobSettings jobs(YamlNode node) {
    YamlFields fields = node.fields();
    JobSettings jobs = new JobSettings(
        fields.integer("rate", 1, MOST_JOB_RATE, JobSettings.DEFAULTS.rate()),
        fields
            .optional("lease")
            .flatMap(lease -> lease.parse(ConfigReader::lease))
            .orElse(JobSettings.DEFAULTS.lease()));
    fields.done();
    return jobs;
  }

  private static Duration lease(String text) {
    Duration lease = Units.duration(text, LONGEST_JOB_LEASE);
    if (lease.compareTo(SHORTEST_JOB_LEASE) < 0) {
      throw new IllegalArgumentException("must be 1s or more");
    }
    return lease;
  }

  private static void checkAdmin(Listeners listeners, Optional<YamlNode> admin, YamlNode node) {
    if (listeners.admin().isPresent() && admin.isEmpty()) {
      node.refuse(
          "has 'admin', and nothing says who may administer; add a section 'admin' with 'auth',"
              + " which shares nothing with the 'auth' of data callers");
    }
  }
}
