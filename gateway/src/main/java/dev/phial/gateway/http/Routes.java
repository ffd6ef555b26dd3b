package dev.phial.gateway.http;

import dev.phial.gateway.policy.Policy;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The table of the policy in force; compiled again when the policy has changed. Thread-safe. */
final class Routes {
  private final Supplier<Policy> policy;
  private volatile @Nullable RouteTable table;

  Routes(Supplier<Policy> policy) {
    this.policy = policy;
  }

  RouteTable current() {
    Policy inForce = policy.get();
    RouteTable known = table;
    if (known == null || !isSame(known.policy(), inForce)) {
      known = RouteTable.of(inForce);
      table = known;
    }
    return known;
  }

  @SuppressWarnings(
      "ReferenceEquality") // a policy is compiled once and shared; comparing two whole ones is not
  // meant
  private static boolean isSame(Policy known, Policy inForce) {
    return known == inForce;
  }
}
