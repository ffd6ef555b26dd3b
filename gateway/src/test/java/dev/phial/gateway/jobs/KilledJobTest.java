package dev.phial.gateway.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.key.KeyPurpose;
import dev.phial.gateway.engine.RecordingAudit;
import dev.phial.gateway.evidence.Evidence;
import dev.phial.gateway.keys.KeyRing;
import dev.phial.gateway.keys.KeysetView;
import dev.phial.gateway.keys.Keysets;
import dev.phial.gateway.store.JobState;
import dev.phial.gateway.store.SqlStore;
import dev.phial.gateway.store.StoredJob;
import dev.phial.gateway.store.StoredKeyset;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** G6: a rewrap job whose gateway is killed at 20 moments ends as one that nobody disturbed. */
@Timeout(300)
@SuppressWarnings("try") // A gateway works by being there.
class KilledJobTest {
  private static final int KILLS = 20;
  private static final int KEYSETS = 400;

  private final Random random = new Random(6);

  @TempDir
  Path directory = Path.of("");

  @Test
  void rewraps_every_key_exactly_once_however_often_its_gateway_is_killed() throws Exception {
    Path file = directory.resolve("phial.db");
    Path key = directory.resolve("signing.jwk");
    Evidence evidence = Evidence.openOrCreate(key, FipsModule.start(), Clock.systemUTC());
    Map<Long, Long> before;
    String job;
    try (SqlStore store = SqlStore.sqlite(file, Clock.systemUTC())) {
      fill(store);
      before = revisions(store);
      job = start(store);
    }

    for (int kill = 0; kill < KILLS; kill++) {
      runAndKillAfter(1 + random.nextInt(2), file, key, "gateway-" + kill);
    }

    try (SqlStore store = SqlStore.sqlite(file, Clock.systemUTC());
        Keysets keysets = JobbingProcess.keysets(store, JobbingProcess.NEW)) {
      StoredJob half = await(store.jobs().find(job)).orElseThrow();
      assertThat(half.state()).as("killed before its end").isEqualTo(JobState.RUNNING);

      StoredJob whole = finish(store, keysets, evidence, job);

      assertThat(whole.state()).isEqualTo(JobState.SUCCEEDED);
      assertThat(whole.counts().changed() + whole.counts().unchanged()).isEqualTo(KEYSETS);
      assertThat(whole.lease().workers()).hasSizeGreaterThan(KILLS);
      before.replaceAll((keyset, revision) -> revision + 1);
      assertThat(revisions(store)).as("each keyset changed once").isEqualTo(before);
      assertThat(keks(keysets)).containsExactly("memory/new");
      allOpen(keysets);
    }
  }

  private static void fill(SqlStore store) throws Exception {
    try (Keysets keysets = JobbingProcess.keysets(store, JobbingProcess.OLD)) {
      for (int i = 0; i < KEYSETS; i++) {
        await(keysets.rotate("tenant-" + i, KeyPurpose.ENCRYPT));
      }
    }
  }

  private static String start(SqlStore store) throws Exception {
    try (Keysets keysets = JobbingProcess.keysets(store, JobbingProcess.NEW)) {
      Jobs jobs = new Jobs(
          store.jobs(),
          List.of(new RewrapWork(keysets.rewraps())),
          JobbingProcess.SETTINGS,
          Clock.systemUTC());
      return await(jobs.start(new Jobs.Order(JobKind.REWRAP, Optional.empty(), 0), "officer"))
          .job()
          .id();
    }
  }

  /** Kills the process when it has said that often that it is about to do something. */
  private void runAndKillAfter(int steps, Path file, Path key, String name) throws Exception {
    Path errors = directory.resolve("errors");
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            JobbingProcess.class.getName(),
            file.toString(),
            key.toString(),
            name)
        .redirectError(errors.toFile())
        .start();
    try (BufferedReader out = process.inputReader(StandardCharsets.US_ASCII)) {
      for (int step = 0; step < steps; step++) {
        assertThat(out.readLine()).as(() -> "a step; errors: " + text(errors)).isNotNull();
      }
      // From here to the death the step is under way, for as long as chance has it.
      process.toHandle().destroyForcibly();
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private static StoredJob finish(SqlStore store, Keysets keysets, Evidence evidence, String job)
      throws Exception {
    try (JobRunner last = JobRunner.start(new JobTools(
        store.jobs(),
        List.of(new RewrapWork(keysets.rewraps())),
        evidence,
        new RecordingAudit(),
        JobbingProcess.SETTINGS,
        "last",
        Clock.systemUTC()))) {
      StoredJob now = await(store.jobs().find(job)).orElseThrow();
      while (now.state() == JobState.RUNNING) {
        LockSupport.parkNanos(5_000_000);
        now = await(store.jobs().find(job)).orElseThrow();
      }
      return now;
    }
  }

  private static Map<Long, Long> revisions(SqlStore store) throws Exception {
    return await(store.list(Optional.empty())).stream()
        .collect(Collectors.toMap(StoredKeyset::id, StoredKeyset::revision));
  }

  private static List<String> keks(Keysets keysets) throws Exception {
    return await(keysets.list(Optional.empty())).stream()
        .flatMap(keyset -> keyset.versions().stream())
        .map(KeysetView.Version::kek)
        .distinct()
        .toList();
  }

  private static void allOpen(Keysets keysets) throws Exception {
    for (int i = 0; i < KEYSETS; i++) {
      KeyRing ring = await(keysets.ring("tenant-" + i, KeyPurpose.ENCRYPT));
      assertThat(ring.version(1)).isInstanceOf(KeyRing.Lookup.Usable.class);
    }
  }

  private static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "not readable";
    }
  }
}
