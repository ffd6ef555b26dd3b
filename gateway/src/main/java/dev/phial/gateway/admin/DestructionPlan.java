package dev.phial.gateway.admin;

import dev.phial.gateway.keys.KeysetView;
import java.time.Instant;
import java.util.List;

/**
 * What is, or would be, destroyed.
 *
 * @param keyset as it is afterwards
 * @param versions which of its versions, lowest first; may be empty
 * @param due when
 * @param dependents what hangs on them, as far as the gateway can know: not the values in other people's databases
 */
public record DestructionPlan(
    KeysetView keyset, List<Integer> versions, Instant due, List<Dependent> dependents) {
  public DestructionPlan {
    versions = List.copyOf(versions);
    dependents = List.copyOf(dependents);
  }

  /**
   * Something that can be used no more without a key version.
   *
   * @param version which
   * @param kind what
   * @param element the data element, or the pin's name
   * @param count how many; 1 for a pin
   */
  public record Dependent(int version, Kind kind, String element, long count) {}

  /** What can hang on a key version. */
  public enum Kind {
    /** Tokens, shifted dates or hashes of an element that are all made with the version. */
    PIN,
    /** Vaulted tokens whose values are sealed with the version. */
    VAULTED_TOKENS
  }
}
