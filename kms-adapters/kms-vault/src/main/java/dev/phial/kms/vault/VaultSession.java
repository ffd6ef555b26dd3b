package dev.phial.kms.vault;

import dev.phial.kms.KmsException;
import io.github.jopenlibs.vault.VaultException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The token in use. It is renewed when two thirds of its time have passed, whether or not it is used, and got anew where it
 * cannot be renewed for much longer. Thread-safe.
 */
final class VaultSession implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(VaultSession.class);

  private final String name;
  private final VaultServer server;
  private final VaultLogin login;
  private final InstantSource clock;
  private final ScheduledExecutorService timer;
  private @Nullable VaultLease lease;
  private boolean troubled;

  VaultSession(String name, VaultServer server, VaultLogin login, InstantSource clock) {
    this.name = name;
    this.server = server;
    this.login = login;
    this.clock = clock;
    this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
      Thread thread = new Thread(task, "phial-kms-" + name + "-renewal");
      thread.setDaemon(true);
      return thread;
    });
  }

  /** Looks after the lease from now on. Who first needs it logs in: Vault may be away at this moment. */
  void begin() {
    ScheduledFuture<?> unused = timer.scheduleWithFixedDelay(this::tend, 1, 1, TimeUnit.SECONDS);
  }

  /** The lease, got when there is none. */
  synchronized VaultLease current() {
    VaultLease current = lease;
    if (current == null) {
      current = logIn();
      lease = current;
    }
    return current;
  }

  /** Another lease than one that was refused; the same when none can be got. */
  synchronized VaultLease after(VaultLease refused) {
    if (lease == refused && login.repeatable()) {
      lease = null;
    }
    return current();
  }

  /** Renews the lease when its time has come. Trouble is logged once; calls will tell it too. */
  synchronized void tend() {
    VaultLease current = lease;
    Instant now = clock.instant();
    if (current == null || !current.due(now)) {
      return;
    }
    try {
      lease = successor(current, now);
      troubled = false;
    } catch (VaultException | KmsException e) {
      if (!troubled) {
        LOG.warn("kms '{}': its Vault token cannot be renewed, and will be tried again", name);
      }
      troubled = true;
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private VaultLease successor(VaultLease current, Instant now) throws VaultException {
    if (current.renewable()) {
      VaultLease renewed = current.renewed(now);
      if (!login.repeatable() || !renewed.shorterThanHalf(current)) {
        return renewed;
      }
    }
    return logIn();
  }

  private VaultLease logIn() {
    try {
      return login.login(server, clock.instant());
    } catch (VaultException e) {
      throw VaultFailures.login(name, e);
    }
  }
}
