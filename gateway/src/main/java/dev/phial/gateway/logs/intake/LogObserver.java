package dev.phial.gateway.logs.intake;

import dev.phial.masking.Identifier;

/** Is told what a receiver does. Called on any thread, often; must not block. Never gets a value. */
public interface LogObserver {

  /** Why events are not forwarded. */
  enum Lost {
    /** The masking policy drops them. */
    POLICY,
    /** They could not be masked. */
    MASKING,
    /** The buffer was full, and the protocol cannot wait. */
    FULL,
    /** The buffer's disk failed, and the protocol cannot wait. */
    DISK,
    /** Longer than the limit. */
    TOO_LARGE,
    /** Not what the protocol says. */
    MALFORMED,
    /** The destination refuses them, and would again. */
    REJECTED
  }

  void connectionOpened();

  void connectionClosed();

  /** A batch has come. */
  void received(int events, long bytes);

  /** Values were found in it. */
  void found(Identifier identifier, int count);

  void lost(Lost reason, int events);

  /** A request or a connection was refused; its sender knows. */
  void refused(String reason);

  /** The destination has taken events. */
  void forwarded(int events, long bytes);

  /** A delivery failed and is tried again. */
  void retried();
}
