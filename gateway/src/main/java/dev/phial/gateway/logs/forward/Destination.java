package dev.phial.gateway.logs.forward;

import dev.phial.gateway.logs.buffer.Parcel;
import java.io.IOException;

/** Where parcels go. Used by one thread, which it may block, within its own time limits. */
public interface Destination extends AutoCloseable {

  /**
   * Hands a parcel over.
   *
   * @throws RejectedException when the destination refuses this parcel and would again
   * @throws IOException when it failed for another reason: {@link #reset}, and everything that is not settled is sent again
   */
  void send(Parcel parcel) throws IOException, InterruptedException;

  /**
   * Whether all that was sent has been taken by the destination.
   *
   * @param now find it out, even when it costs a connection; otherwise only when that is due
   * @throws IOException when it was not
   */
  boolean settle(boolean now) throws IOException, InterruptedException;

  /** Gives up what is under way and unsettled. */
  void reset();

  @Override
  default void close() {
    reset();
  }
}
