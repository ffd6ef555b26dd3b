package dev.phial.gateway.logs.intake;

import dev.phial.gateway.logs.buffer.Parcel;
import dev.phial.masking.LogEvent;
import dev.phial.masking.Masked;
import java.util.List;
import java.util.Optional;

/** What a sender handed over in one piece, taken apart into what is masked and what is kept as it is. Immutable. */
public interface Batch {

  /** What is to be masked. */
  List<LogEvent> events();

  /** How many log events this is; a log event of many fields is one. */
  int size();

  /**
   * Puts it together again.
   *
   * @param masked what became of each of {@link #events}, in their order
   * @return what is to be forwarded; empty when the policy dropped all of it
   */
  Optional<Parcel> masked(List<Masked> masked);
}
