package dev.phial.gateway;

import dev.phial.gateway.audit.AuditLog;
import dev.phial.gateway.auth.Authenticator;
import dev.phial.gateway.config.GatewayConfig;
import dev.phial.gateway.config.Limits;
import dev.phial.gateway.config.Listener;
import dev.phial.gateway.engine.ProtectionEngine;
import dev.phial.gateway.http.HttpObserver;
import dev.phial.gateway.http.ProxyParts;
import dev.phial.gateway.http.ProxyServer;
import dev.phial.gateway.http.ProxySettings;
import dev.phial.gateway.http.Upstream;
import dev.phial.gateway.policy.Policy;
import dev.phial.gateway.tls.ClientTlsFiles;
import dev.phial.gateway.tls.TlsContexts;
import dev.phial.gateway.transform.TransformLimits;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/** The HTTP channel, as the configuration wants it. */
final class HttpWiring {
  private static final int CONNECTIONS_PER_UPSTREAM = 256;

  private final GatewayConfig config;
  private final TlsContexts tls;

  HttpWiring(GatewayConfig config, TlsContexts tls) {
    this.config = config;
    this.tls = tls;
  }

  /** Starts it; the stop is added to {@code closing}. */
  SocketAddress start(
      Closing closing,
      Authenticator authenticator,
      Policy policy,
      ProtectionEngine engine,
      AuditLog audit,
      HttpObserver observer,
      Executor workers) {
    ProxyServer server = new ProxyServer(
        settings(),
        new ProxyParts(authenticator, () -> policy, engine, audit, upstreams(), observer, workers));
    SocketAddress bound = Waiting.forStart("listeners.http", server.start());
    closing.add(() -> Waiting.forStop(
        server.stop(config.limits().drainTimeout()), config.limits().drainTimeout()));
    return bound;
  }

  private ProxySettings settings() {
    Listener listener = config.listeners().http();
    Limits limits = config.limits();
    return new ProxySettings(
        Addresses.of("listeners.http", listener.address()),
        listener.tls().map(files -> tls.http1Server(TlsFilesOf.listener(files))).orElse(null),
        limits.connections(),
        new ProxySettings.Timeouts(
            limits.headerTimeout(),
            limits.bodyTimeout(),
            limits.bodyTimeout(),
            limits.connectTimeout(),
            limits.upstreamTimeout(),
            limits.idleTimeout()),
        bodies(limits));
  }

  private static TransformLimits bodies(Limits limits) {
    TransformLimits defaults = TransformLimits.DEFAULT;
    return new TransformLimits(
        limits.maxBody(),
        limits.jsonDepth(),
        limits.jsonString(),
        defaults.nameLength(),
        defaults.numberLength(),
        limits.jsonTokens(),
        limits.batchItems(),
        Math.max(defaults.batchBytes(), limits.jsonString()));
  }

  private Map<String, Upstream> upstreams() {
    Map<String, Upstream> upstreams = new HashMap<>();
    config.upstreams().forEach((name, upstream) -> upstreams.put(name, upstream(name, upstream)));
    return upstreams;
  }

  private Upstream upstream(String name, dev.phial.gateway.config.Upstream upstream) {
    URI url = upstream.url();
    return new Upstream(
        name,
        new InetSocketAddress(resolve(name, url.getHost()), upstream.port()),
        url.getRawAuthority(),
        upstream.secure()
            ? tls.http1Client(new ClientTlsFiles(upstream.ca(), Optional.empty()))
            : null,
        CONNECTIONS_PER_UPSTREAM);
  }

  private static InetAddress resolve(String name, String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "upstreams." + name + ".url: the host " + host + " does not resolve", e);
    }
  }
}
