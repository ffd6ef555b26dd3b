package dev.phial.gateway.policy;

import java.nio.file.Path;
import java.util.Set;

/** Loads and checks a policy. Thread-safe: keeps nothing between loads. */
@SuppressWarnings("DoNotCallSuggester")
public final class PolicyLoader {

  /**
   * The compiled policy of a file.
   *
   * @throws PolicyException with every problem found
   */
  public Policy load(Path file) {
    throw new UnsupportedOperationException("to come");
  }

  /**
   * As {@link #load(Path)}, and checks that each upstream a route names is one of {@code upstreams}.
   *
   * @throws PolicyException with every problem found
   */
  public Policy load(Path file, Set<String> upstreams) {
    throw new UnsupportedOperationException("to come");
  }
}
