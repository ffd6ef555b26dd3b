package dev.phial.gateway.store;

/**
 * The key version that an element's tokens are made with, as it is stored. Immutable; a change is a new one with the next
 * revision.
 *
 * @param tenant whose
 * @param element which
 * @param phase whether it is being moved
 * @param version the version it has, or moves away from; 1 or more
 * @param target the version it moves to; the same as {@code version} when it is settled
 * @param revision 1 when created, one more with each change
 */
public record StoredPin(
    String tenant, String element, PinPhase phase, int version, int target, long revision) {

  public StoredPin {
    if (version < 1 || target < 1) {
      throw new IllegalArgumentException("key versions are numbered from 1");
    }
    if ((phase == PinPhase.SETTLED) != (version == target)) {
      throw new IllegalArgumentException("a pin that moves has a target, another has none");
    }
  }

  /** A pin at rest, of revision 1. */
  public static StoredPin first(String tenant, String element, int version) {
    return new StoredPin(tenant, element, PinPhase.SETTLED, version, version, 1);
  }

  /** The next revision: on its way to another version. */
  public StoredPin movingTo(int next) {
    return next(PinPhase.MOVING, version, next);
  }

  /** The next revision: on the same way, and not to be used. */
  public StoredPin held() {
    return next(PinPhase.HELD, version, target);
  }

  /** The next revision: arrived. */
  public StoredPin moved() {
    return next(PinPhase.SETTLED, target, target);
  }

  /** The next revision: back where it came from. */
  public StoredPin cancelled() {
    return next(PinPhase.SETTLED, version, version);
  }

  private StoredPin next(PinPhase phase, int from, int to) {
    return new StoredPin(tenant, element, phase, from, to, revision + 1);
  }
}
