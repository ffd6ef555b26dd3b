package dev.phial.gateway.config;

import java.time.Duration;

/**
 * How the gateway is administered, over the listener {@code listeners.admin}.
 *
 * @param auth how administrators prove who they are; shares no trust with {@link GatewayConfig#auth()}
 * @param approvals how many persons a dangerous operation takes
 */
public record Admin(Auth auth, Approvals approvals) {

  /**
   * How many persons a dangerous operation takes.
   *
   * @param persons 2, or 1 where one is enough
   * @param validFor for how long a proposal can be approved
   */
  public record Approvals(int persons, Duration validFor) {
    public static final Approvals DEFAULTS = new Approvals(2, Duration.ofHours(24));
  }
}
