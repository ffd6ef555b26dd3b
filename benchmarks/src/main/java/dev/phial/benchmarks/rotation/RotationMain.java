package dev.phial.benchmarks.rotation;

import dev.phial.proto.v1.KeyPurpose;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** {@code benchmarks/rotation-under-load}: goals G4 and G5, threat T47. */
public final class RotationMain {
  private static final int GATEWAYS = 3;
  private static final int UNAVAILABLE = 69;
  private static final Duration REVOKE_EVERY = Duration.ofSeconds(30);
  /** Within which every gateway follows a rotation or a revocation. */
  private static final Duration FOLLOWED = Duration.ofSeconds(60);

  private static final long SLICE_NANOS = 100_000_000;
  private static final Duration MINT_EVERY = Duration.ofMinutes(10);

  private final Options options;
  private final PrintStream out;
  private final AtomicBoolean running = new AtomicBoolean(true);
  private final AtomicBoolean changing = new AtomicBoolean(true);
  private final Tally tally = new Tally();
  private final Versions encrypt = new Versions(GATEWAYS);
  private final Versions tokenize = new Versions(GATEWAYS);
  private final Revocations revocations = new Revocations();
  private volatile String writerToken = "";
  private volatile String officerToken = "";
  private int disturbances;

  private RotationMain(Options options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  public static void main(String[] args) throws Exception {
    if (List.of(args).contains("--help") || List.of(args).contains("-h")) {
      System.out.println(Options.HELP);
      return;
    }
    Options options;
    try {
      options = Options.of(args);
    } catch (IllegalArgumentException e) {
      System.err.println("rotation-under-load: " + e.getMessage());
      System.err.println(Options.HELP);
      System.exit(2);
      return;
    }
    Optional<Path> programs = PostgresProcess.programs();
    if (programs.isEmpty()) {
      System.err.println("rotation-under-load: install the Debian package postgresql");
      System.exit(UNAVAILABLE);
      return;
    }
    System.exit(new RotationMain(options, System.out).run(programs.get()) ? 0 : 1);
  }

  private boolean run(Path programs) throws Exception {
    Path home = Path.of(System.getProperty("phial.home", ".")).toAbsolutePath();
    Path work = Files.createTempDirectory("phial-rotation");
    Path shared = Files.createDirectory(work.resolve("shared"));
    Files.writeString(shared.resolve("policy.yaml"), Load.POLICY);
    try (PostgresProcess postgres = PostgresProcess.start(programs, work.resolve("postgresql"))) {
      List<GatewayProcess> gateways = new ArrayList<>();
      try {
        for (int i = 0; i < GATEWAYS; i++) {
          gateways.add(GatewayProcess.start(home, work.resolve("gateway-" + i), shared, postgres));
        }
        mint(gateways.get(0));
        out.printf(
            Locale.ROOT,
            "%d gateways and PostgreSQL are ready (%s); %d callers for %d s%n",
            GATEWAYS,
            work,
            options.threads(),
            options.length().toSeconds());
        load(gateways);
      } finally {
        gateways.forEach(GatewayProcess::close);
      }
    }
    return tally.failed.sum() == 0
        && tally.wrong.sum() == 0
        && backwards() == 0
        && together()
        && revocations.lingeringMillis().stream().allMatch(ms -> ms <= FOLLOWED.toMillis());
  }

  private void mint(GatewayProcess gateway) throws IOException {
    writerToken = gateway.token("application,clinician");
    officerToken = gateway.adminToken();
  }

  private void load(List<GatewayProcess> gateways) throws Exception {
    Load load = new Load(gateways, () -> writerToken, encrypt, tokenize, revocations, tally);
    Administrator administrator = new Administrator(
        gateways,
        () -> officerToken,
        Map.of(KeyPurpose.KEY_PURPOSE_ENCRYPT, encrypt, KeyPurpose.KEY_PURPOSE_TOKENIZE, tokenize),
        tally);
    List<Thread> threads = new ArrayList<>();
    List<Thread> changers = new ArrayList<>();
    for (int i = 0; i < options.threads(); i++) {
      threads.add(thread(running, load::round, Duration.ZERO));
    }
    for (KeyPurpose purpose : List.of(
        KeyPurpose.KEY_PURPOSE_ENCRYPT,
        KeyPurpose.KEY_PURPOSE_TOKENIZE,
        KeyPurpose.KEY_PURPOSE_INDEX)) {
      changers.add(thread(changing, () -> administrator.rotate(purpose), options.every()));
    }
    changers.add(thread(changing, () -> revoke(administrator), REVOKE_EVERY));
    threads.add(
        thread(running, () -> revocations.versions().forEach(load::probe), Duration.ofMillis(20)));
    long began = System.nanoTime();
    supervise(gateways, began);
    changing.set(false);
    join(changers);
    settle();
    running.set(false);
    join(threads);
    report(began, administrator);
  }

  private static void join(List<Thread> threads) throws InterruptedException {
    for (Thread thread : threads) {
      thread.join();
    }
  }

  /** With the last rotation over, every gateway has its minute to write with the last version. */
  private void settle() {
    long begun = System.nanoTime();
    while (!together() && since(begun).compareTo(FOLLOWED) < 0) {
      Ports.pause();
    }
  }

  private boolean together() {
    return encrypt.together() && tokenize.together();
  }

  /** Repeats work until the end; {@code every} counts from beginning to beginning. */
  private static Thread thread(AtomicBoolean going, Runnable work, Duration every) {
    Thread thread = new Thread(() -> {
      while (going.get()) {
        long begun = System.nanoTime();
        work.run();
        while (going.get() && since(begun).compareTo(every) < 0) {
          LockSupport.parkNanos(Math.min(SLICE_NANOS, every.minus(since(begun)).toNanos()));
        }
      }
    });
    thread.start();
    return thread;
  }

  /** The one thread that disturbs gateways. */
  private void supervise(List<GatewayProcess> gateways, long began) throws IOException {
    long minted = began;
    long killed = began;
    long paused = began;
    while (since(began).compareTo(options.length()) < 0) {
      Ports.pause();
      GatewayProcess victim = gateways.get(ThreadLocalRandom.current().nextInt(gateways.size()));
      if (since(minted).compareTo(MINT_EVERY) > 0) {
        mint(victim);
        minted = System.nanoTime();
      }
      if (isTime(options.killEvery(), killed)) {
        victim.killAndRestart();
        disturbances++;
        killed = System.nanoTime();
      }
      if (isTime(options.pauseEvery(), paused)) {
        victim.pause(ThreadLocalRandom.current().nextInt(1, 41));
        disturbances++;
        paused = System.nanoTime();
      }
    }
  }

  private static boolean isTime(Duration every, long last) {
    return !every.isZero() && since(last).compareTo(every) > 0;
  }

  private static Duration since(long nanoTime) {
    return Duration.ofNanos(System.nanoTime() - nanoTime);
  }

  /** A version that wrote a while ago, and of which values are kept. */
  private void revoke(Administrator administrator) {
    int version = encrypt.known(0) - 5;
    if (version > 1 && !revocations.concerns(version)) {
      administrator.disable(version, revocations);
    }
  }

  private long backwards() {
    return encrypt.backwards() + tokenize.backwards();
  }

  private void report(long began, Administrator administrator) {
    Duration took = since(began);
    out.printf(
        Locale.ROOT,
        "%,d calls in %d s (%,d/s); failed %d, wrong %d, versions that went back %d%n",
        tally.calls.sum(),
        took.toSeconds(),
        tally.calls.sum() / Math.max(1, took.toSeconds()),
        tally.failed.sum(),
        tally.wrong.sum(),
        backwards());
    tally.reasons().forEach((why, count) -> out.printf(Locale.ROOT, "  %s: %s%n", count, why));
    if (disturbances > 0) {
      out.printf(
          Locale.ROOT,
          "gateways killed or stopped %d times; %d calls to them without an answer%n",
          disturbances,
          tally.unanswered.sum());
    }
    out.printf(
        Locale.ROOT,
        "rotations: ENCRYPT %d, TOKENIZE %d (INDEX as often); answered as pending %d%n",
        encrypt.rotations(),
        tokenize.rotations(),
        administrator.pending());
    lags("a gateway writes with a version after its rotation was answered", encrypt.lagsMillis());
    lags("  the same for TOKENIZE", tokenize.lagsMillis());
    out.printf(
        Locale.ROOT,
        "every gateway writes with the newest version at the end: %s%n",
        together() ? "yes" : "no");
    lags(
        "a version that was taken out of use opened something for so long",
        revocations.lingeringMillis());
    out.printf(Locale.ROOT, "  refused %,d times%n", revocations.refusals());
  }

  private void lags(String what, List<Long> millis) {
    if (millis.isEmpty()) {
      out.printf(Locale.ROOT, "%s: never seen%n", what);
      return;
    }
    out.printf(
        Locale.ROOT,
        "%s (ms): %d times, median %d, 99 %% %d, most %d%n",
        what,
        millis.size(),
        millis.get(millis.size() / 2),
        millis.get((int) (millis.size() * 0.99)),
        millis.get(millis.size() - 1));
  }
}
