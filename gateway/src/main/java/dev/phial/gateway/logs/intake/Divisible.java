package dev.phial.gateway.logs.intake;

import java.util.List;

/** A batch that can be taken event by event, so that one that cannot be masked does not cost the others. */
public interface Divisible extends Batch {

  /** Each event for itself, in order. */
  List<? extends Divisible> each();
}
