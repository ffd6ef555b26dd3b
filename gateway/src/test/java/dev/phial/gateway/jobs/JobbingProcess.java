package dev.phial.gateway.jobs;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.gateway.audit.AuditEvent;
import dev.phial.gateway.audit.AuditLog;
import dev.phial.gateway.evidence.Evidence;
import dev.phial.gateway.keys.Keysets;
import dev.phial.gateway.store.SqlStore;
import dev.phial.kms.KekRef;
import dev.phial.kms.KekVersion;
import dev.phial.kms.Kms;
import dev.phial.kms.testkit.InMemoryKms;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;

/** A process that works on jobs, and says so before each step, until killed. */
final class JobbingProcess {
  static final KekRef OLD = new KekRef("memory", "old");
  static final KekRef NEW = new KekRef("memory", "new");
  static final JobSettings SETTINGS = new JobSettings(10_000, Duration.ofSeconds(1));

  private JobbingProcess() {}

  /** A KMS that is the same in every process, as a service would be. */
  static Kms kms() {
    byte[] other = new byte[32];
    other[0] = 1;
    return new InMemoryKms()
        .add(new KekVersion(OLD, "1"), new byte[32])
        .add(new KekVersion(NEW, "7"), other);
  }

  static Keysets keysets(SqlStore store, KekRef kek) {
    return new Keysets(store, Map.of("memory", kms()), kek, new SecureRandom(), Clock.systemUTC());
  }

  /** @param arguments the store's file, the file of the evidence key, and a name for this process */
  public static void main(String[] arguments) throws Exception {
    SqlStore store = SqlStore.sqlite(Path.of(arguments[0]), Clock.systemUTC());
    Evidence evidence = Evidence.open(Path.of(arguments[1]), FipsModule.start(), Clock.systemUTC());
    JobRunner.start(new JobTools(
        store.jobs(),
        List.of(new RewrapWork(keysets(store, NEW).rewraps())),
        evidence,
        new PrintedAudit(),
        SETTINGS,
        arguments[2],
        Clock.systemUTC()));
    new CountDownLatch(1).await();
  }

  /** One line for each record, written before it is durable, so that who reads it can kill what follows. */
  private static final class PrintedAudit implements AuditLog {
    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);

    @Override
    public CompletionStage<Void> append(AuditEvent event) {
      out.println(event.action());
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public boolean writable() {
      return true;
    }
  }
}
