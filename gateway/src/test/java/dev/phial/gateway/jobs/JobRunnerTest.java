package dev.phial.gateway.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.key.KeyPurpose;
import dev.phial.gateway.audit.AuditEvent;
import dev.phial.gateway.engine.RecordingAudit;
import dev.phial.gateway.evidence.Evidence;
import dev.phial.gateway.evidence.StatementKind;
import dev.phial.gateway.evidence.StatementVerifier;
import dev.phial.gateway.evidence.Verdict;
import dev.phial.gateway.keys.KeysetView;
import dev.phial.gateway.keys.Keysets;
import dev.phial.gateway.store.JobState;
import dev.phial.gateway.store.SqlStore;
import dev.phial.gateway.store.StoredKeyset;
import dev.phial.kms.AccessDeniedException;
import dev.phial.kms.KekRef;
import dev.phial.kms.KekVersion;
import dev.phial.kms.testkit.FaultInjectingKms;
import dev.phial.kms.testkit.InMemoryKms;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rewrap jobs over a real store and a KMS that can fail. */
@Timeout(120)
@SuppressWarnings("try") // A gateway works by being there.
class JobRunnerTest {
  private static final FipsModule MODULE = FipsModule.start();
  private static final KekRef OLD = new KekRef("memory", "old");
  private static final KekRef NEW = new KekRef("memory", "new");
  private static final JobSettings FAST = new JobSettings(10_000, Duration.ofSeconds(2));
  private static final Jobs.Order ALL = new Jobs.Order(JobKind.REWRAP, Optional.empty(), 0);
  private static final int TENANTS = 12;

  private final SqlStore store;
  private final InMemoryKms memory = new InMemoryKms()
      .add(new KekVersion(OLD, "1"), new byte[32])
      .add(new KekVersion(NEW, "7"), filled());
  private final FaultInjectingKms kms = new FaultInjectingKms(memory);
  private final Keysets keys;
  private final RecordingAudit audit = new RecordingAudit();
  private final Evidence evidence;
  private final List<JobWork> works;

  JobRunnerTest(@TempDir Path directory) throws Exception {
    store = SqlStore.sqlite(directory.resolve("phial.db"), Clock.systemUTC());
    evidence = Evidence.openOrCreate(directory.resolve("key"), MODULE, Clock.systemUTC());
    try (Keysets before = keysets(OLD)) {
      for (int i = 0; i < TENANTS; i++) {
        await(before.rotate("tenant-" + i, KeyPurpose.ENCRYPT));
        await(before.rotate("tenant-" + i, KeyPurpose.ENCRYPT));
      }
      await(before.disable("tenant-0", KeyPurpose.ENCRYPT, 1));
    }
    keys = keysets(NEW);
    works = List.of(new RewrapWork(keys.rewraps()));
  }

  private static byte[] filled() {
    byte[] material = new byte[32];
    material[0] = 1;
    return material;
  }

  private Keysets keysets(KekRef kek) {
    return new Keysets(store, Map.of("memory", kms), kek, new SecureRandom(), Clock.systemUTC());
  }

  @AfterEach
  void close() {
    keys.close();
    store.close();
  }

  private static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private Jobs jobs(JobSettings settings) {
    return new Jobs(store.jobs(), works, settings, Clock.systemUTC());
  }

  private JobRunner gateway(String name, JobSettings settings) {
    return JobRunner.start(
        new JobTools(store.jobs(), works, evidence, audit, settings, name, Clock.systemUTC()));
  }

  private JobView ended(String id) throws Exception {
    JobView job = await(jobs(FAST).get(id));
    while (!job.over()) {
      LockSupport.parkNanos(5_000_000);
      job = await(jobs(FAST).get(id));
    }
    return job;
  }

  private String claims(JobView job) {
    Verdict verdict =
        StatementVerifier.of(evidence.publicKey(), MODULE).verify(job.job().report());
    assertThat(verdict).isInstanceOf(Verdict.Authentic.class);
    assertThat(((Verdict.Authentic) verdict).kind()).isEqualTo(StatementKind.JOB_REPORT);
    return ((Verdict.Authentic) verdict).claims();
  }

  private List<String> keks() throws Exception {
    return await(keys.list(Optional.empty())).stream()
        .flatMap(keyset -> keyset.versions().stream())
        .map(KeysetView.Version::kek)
        .distinct()
        .toList();
  }

  @Test
  void every_version_disabled_ones_too_is_under_the_new_kek_once_and_the_report_says_so()
      throws Exception {
    Map<Long, Long> before = revisions();
    String id = await(jobs(FAST).start(ALL, "officer")).job().id();
    try (JobRunner one = gateway("one", FAST)) {
      JobView job = ended(id);

      assertThat(job.job().state()).isEqualTo(JobState.SUCCEEDED);
      assertThat(keks()).containsExactly("memory/new");
      before.replaceAll((keyset, revision) -> revision + 1);
      assertThat(revisions()).isEqualTo(before);
      assertThat(claims(job))
          .contains("\"result\":\"succeeded\"", "\"changed\":12", "\"failed\":0")
          .contains("\"gateways\":[\"one\"]", "\"started_by\":\"officer\"", "\"total\":12")
          .contains("{\"changed\":1,\"failed\":0,\"tenant\":\"tenant-7\",\"unchanged\":0}");
    }
    for (int i = 0; i < TENANTS; i++) {
      assertThat(await(keys.ring("tenant-" + i, KeyPurpose.ENCRYPT)).primary()).isNotNull();
    }
  }

  private Map<Long, Long> revisions() throws Exception {
    return await(store.list(Optional.empty())).stream()
        .collect(Collectors.toMap(StoredKeyset::id, StoredKeyset::revision));
  }

  @Test
  void a_second_job_finds_all_done_and_writes_nothing() throws Exception {
    try (JobRunner one = gateway("one", FAST)) {
      ended(await(jobs(FAST).start(ALL, "officer")).job().id());
      Map<Long, Long> before = revisions();

      JobView second = ended(await(jobs(FAST).start(ALL, "officer")).job().id());

      assertThat(second.job().counts().unchanged()).isEqualTo(TENANTS);
      assertThat(second.job().counts().changed()).isZero();
      assertThat(revisions()).isEqualTo(before);
    }
  }

  @Test
  void a_job_of_one_tenant_touches_no_other() throws Exception {
    Jobs.Order order = new Jobs.Order(JobKind.REWRAP, Optional.of("tenant-3"), 0);
    try (JobRunner one = gateway("one", FAST)) {
      assertThat(ended(await(jobs(FAST).start(order, "officer")).job().id())
              .job()
              .counts()
              .changed())
          .isEqualTo(1);
    }
    assertThat(await(keys.list(Optional.of("tenant-3"))).get(0).versions())
        .allMatch(version -> version.kek().equals("memory/new"));
    assertThat(await(keys.list(Optional.of("tenant-4"))).get(0).versions())
        .allMatch(version -> version.kek().equals("memory/old"));
  }

  @Test
  void what_fails_is_tried_again_and_then_named_and_nothing_of_it_is_lost() throws Exception {
    kms.failWith(() -> new AccessDeniedException("no", new IllegalStateException()));
    String id = await(jobs(FAST).start(ALL, "officer")).job().id();
    try (JobRunner one = gateway("one", FAST)) {
      JobView job = ended(id);

      assertThat(job.job().state()).isEqualTo(JobState.INCOMPLETE);
      assertThat(job.job().counts().failed()).isEqualTo(TENANTS);
      assertThat(job.failures())
          .hasSize(TENANTS)
          .allMatch(failure -> failure.reason().equals("kms_denied") && failure.attempts() == 3);
      assertThat(claims(job)).contains("\"result\":\"incomplete\"", "\"reason\":\"kms_denied\"");
      assertThat(keks()).containsExactly("memory/old");
    }
    kms.heal();
    try (JobRunner two = gateway("two", FAST)) {
      assertThat(ended(await(jobs(FAST).start(ALL, "officer")).job().id()).job().state())
          .isEqualTo(JobState.SUCCEEDED);
    }
  }

  @Test
  void what_fails_in_passing_is_done_in_the_end() throws Exception {
    kms.failNext(3, () -> new AccessDeniedException("no", new IllegalStateException()));
    try (JobRunner one = gateway("one", FAST)) {
      JobView job = ended(await(jobs(FAST).start(ALL, "officer")).job().id());

      assertThat(job.job().state()).isEqualTo(JobState.SUCCEEDED);
      assertThat(job.job().counts().changed()).isEqualTo(TENANTS);
      assertThat(job.failures()).isEmpty();
    }
  }

  @Test
  void a_cancelled_job_ends_with_a_report_too() throws Exception {
    String id = await(jobs(FAST).start(ALL, "officer")).job().id();
    await(jobs(FAST).cancel(id, "somebody"));
    try (JobRunner one = gateway("one", FAST)) {
      JobView job = ended(id);

      assertThat(job.job().state()).isEqualTo(JobState.CANCELLED);
      assertThat(claims(job)).contains("\"cancelled_by\":\"somebody\"");
      assertThat(keks()).containsExactly("memory/old");
      assertThatThrownBy(() -> await(jobs(FAST).cancel(id, "somebody")))
          .hasCauseInstanceOf(JobException.class);
    }
  }

  @Test
  void nothing_changes_while_the_audit_log_cannot_be_written() throws Exception {
    audit.fail(true);
    String id = await(jobs(FAST).start(ALL, "officer")).job().id();
    try (JobRunner one = gateway("one", FAST)) {
      while (await(jobs(FAST).get(id)).job().lease().epoch() < 2) {
        LockSupport.parkNanos(5_000_000);
      }
      assertThat(keks()).containsExactly("memory/old");
      assertThat(await(jobs(FAST).get(id)).job().counts().done()).isZero();
      audit.fail(false);
      assertThat(ended(id).job().state()).isEqualTo(JobState.SUCCEEDED);
    }
    assertThat(audit.events().stream()
            .filter(event -> event.action().equals("job_step"))
            .mapToInt(event -> items(event).length)
            .sum())
        .isEqualTo(TENANTS);
    assertThat(audit.events().get(audit.events().size() - 1)).satisfies(last -> {
      assertThat(last.action()).isEqualTo("job_end");
      assertThat(last.subject()).isEqualTo("officer");
      assertThat(last.details()).containsEntry("changed", "12").containsKey("report_sha256");
    });
  }

  private static String[] items(AuditEvent event) {
    return String.valueOf(event.details().get("items")).split(",", -1);
  }

  @Test
  void a_job_keeps_to_its_rate() throws Exception {
    Jobs.Order slow = new Jobs.Order(JobKind.REWRAP, Optional.empty(), 8);
    long began = System.nanoTime();
    try (JobRunner one = gateway("one", FAST)) {
      ended(await(jobs(FAST).start(slow, "officer")).job().id());
    }
    assertThat(Duration.ofNanos(System.nanoTime() - began))
        .isGreaterThanOrEqualTo(Duration.ofMillis(1_500));
  }

  @Test
  void a_gateway_that_closes_gives_its_job_to_the_next() throws Exception {
    Jobs.Order slow = new Jobs.Order(JobKind.REWRAP, Optional.empty(), 8);
    JobSettings patient = new JobSettings(10_000, Duration.ofMinutes(10));
    String id = await(jobs(FAST).start(slow, "officer")).job().id();
    try (JobRunner one = gateway("one", patient)) {
      while (await(jobs(FAST).get(id)).job().counts().done() == 0) {
        LockSupport.parkNanos(5_000_000);
      }
    }
    try (JobRunner two = gateway("two", patient)) {
      JobView job = ended(id);
      assertThat(job.job().counts().changed()).isEqualTo(TENANTS);
      assertThat(claims(job)).contains("\"gateways\":[\"one\",\"two\"]");
    }
  }

  @Test
  void a_rate_above_the_configured_one_is_refused() {
    Jobs.Order fast = new Jobs.Order(JobKind.REWRAP, Optional.empty(), 51);
    assertThatThrownBy(() -> await(jobs(JobSettings.DEFAULTS).start(fast, "officer")))
        .hasCauseInstanceOf(JobException.class)
        .hasMessageContaining("jobs.rate");
    assertThatThrownBy(() ->
            await(jobs(FAST).start(new Jobs.Order(JobKind.REWRAP, Optional.empty(), -1), "x")))
        .hasCauseInstanceOf(JobException.class);
  }
}
