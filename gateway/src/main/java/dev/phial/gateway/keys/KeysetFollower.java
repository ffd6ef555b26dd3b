package dev.phial.gateway.keys;

import dev.phial.gateway.store.Watch;
import java.time.Duration;

/**
 * Takes over what other processes on the same store have changed, at regular times and whenever the store tells of a change: a
 * rotation, a version taken out of use; and tells that it lives.
 */
public final class KeysetFollower implements AutoCloseable {
  private final RegularWork looks;
  private final Watch watch;

  private KeysetFollower(RegularWork looks, Watch watch) {
    this.looks = looks;
    this.watch = watch;
  }

  /** Follows from now on, until closed. */
  public static KeysetFollower start(Keysets keysets, Duration every) {
    RegularWork looks =
        RegularWork.start("following other gateways' changes to keys", keysets::follow, every);
    return new KeysetFollower(looks, keysets.watch(looks::soon));
  }

  @Override
  public void close() {
    watch.close();
    looks.close();
  }
}
