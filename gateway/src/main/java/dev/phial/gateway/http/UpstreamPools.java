package dev.phial.gateway.http;

import io.netty.channel.EventLoop;
import java.util.HashMap;
import java.util.Map;

/**
 * The pools of all upstreams. Each event loop has its own, so that both connections of an exchange live on one loop and nothing
 * needs a lock; an upstream's bound is shared out among the loops.
 */
final class UpstreamPools {
  private final Map<String, Upstream> upstreams;
  private final ProxySettings.Timeouts timeouts;
  private final int loops;
  private final Map<EventLoop, Map<String, UpstreamPool>> pools = new HashMap<>();

  UpstreamPools(Map<String, Upstream> upstreams, ProxySettings.Timeouts timeouts, int loops) {
    this.upstreams = Map.copyOf(upstreams);
    this.timeouts = timeouts;
    this.loops = loops;
  }

  /**
   * The pool of an upstream for an event loop.
   *
   * @throws Refusal when no such upstream is configured
   */
  synchronized UpstreamPool of(EventLoop loop, String name) {
    Upstream upstream = upstreams.get(name);
    if (upstream == null) {
      throw new Refusal(
          500,
          "no-upstream",
          "the policy's route names an upstream that the configuration does not have");
    }
    return pools
        .computeIfAbsent(loop, key -> new HashMap<>())
        .computeIfAbsent(name, key -> new UpstreamPool(upstream, loop, timeouts, share(upstream)));
  }

  private int share(Upstream upstream) {
    return Math.max(1, upstream.maxConnections() / loops);
  }
}
