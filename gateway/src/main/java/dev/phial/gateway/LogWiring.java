package dev.phial.gateway;

import dev.phial.gateway.audit.AuditLog;
import dev.phial.gateway.config.GatewayConfig;
import dev.phial.gateway.config.Logs;
import dev.phial.gateway.config.Logs.Destination;
import dev.phial.gateway.logs.LogGateway;
import dev.phial.gateway.logs.LogPipe;
import dev.phial.gateway.logs.ReceiverAudit;
import dev.phial.gateway.logs.buffer.BufferSettings;
import dev.phial.gateway.logs.buffer.DiskBuffer;
import dev.phial.gateway.logs.fluent.ForwardDestination;
import dev.phial.gateway.logs.fluent.ForwardParts;
import dev.phial.gateway.logs.forward.Forwarder;
import dev.phial.gateway.logs.intake.Intake;
import dev.phial.gateway.logs.intake.LogObserver;
import dev.phial.gateway.logs.intake.MaskingIntake;
import dev.phial.gateway.logs.net.Dialer;
import dev.phial.gateway.logs.net.Receiver;
import dev.phial.gateway.logs.otlp.OtlpDestination;
import dev.phial.gateway.logs.otlp.OtlpReceiver;
import dev.phial.gateway.logs.syslog.SyslogParts;
import dev.phial.gateway.logs.syslog.SyslogReceivers;
import dev.phial.gateway.logs.syslog.SyslogSendingSocket;
import dev.phial.gateway.logs.syslog.SyslogStream;
import dev.phial.gateway.logs.web.ReplyReader;
import dev.phial.gateway.logs.web.Tokens;
import dev.phial.gateway.logs.web.WebDestination;
import dev.phial.gateway.logs.web.WebParts;
import dev.phial.gateway.logs.web.WebReceivers;
import dev.phial.gateway.logs.web.WebReceivers.Spoken;
import dev.phial.gateway.observe.Readiness;
import dev.phial.gateway.tls.ClientTlsFiles;
import dev.phial.gateway.tls.TlsContexts;
import dev.phial.masking.Masker;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The log gateway, as the configuration wants it. */
final class LogWiring {
  /** At most one record in it for each receiver: some hundred kilobytes of audit log in a day. */
  private static final Duration AUDIT_EVERY = Duration.ofMinutes(1);

  private final GatewayConfig config;
  private final Logs logs;
  private final TlsContexts tls;
  private final Masker masker;
  private final Executor workers;
  private final AuditLog audit;
  private final String policyDigest;

  LogWiring(
      GatewayConfig config,
      Logs logs,
      TlsContexts tls,
      Masker masker,
      Executor workers,
      AuditLog audit,
      String policyDigest) {
    this.config = config;
    this.logs = logs;
    this.tls = tls;
    this.masker = masker;
    this.workers = workers;
    this.audit = audit;
    this.policyDigest = policyDigest;
  }

  /** Starts it; the stop is added to {@code closing}. Gives each receiver's bound address. */
  Map<String, SocketAddress> start(Closing closing, MeterRegistry meters, Readiness readiness) {
    EventLoopGroup loops = loops(closing);
    List<LogPipe> pipes = new ArrayList<>();
    List<ReceiverAudit> audited = new ArrayList<>();
    new TreeMap<>(logs.receivers()).forEach((name, receiver) -> {
      DiskBuffer buffer = closing.add(DiskBuffer.open(buffer(name)));
      readiness.require("log buffer of " + name, buffer::writable);
      LogMeters counted = new LogMeters(meters, name);
      counted.watch(buffer);
      ReceiverAudit observer = audited(name, receiver, counted);
      audited.add(observer);
      Intake intake = new MaskingIntake(masker, buffer, observer, workers);
      pipes.add(new LogPipe(
          name,
          receiver(name, receiver, intake, observer, loops),
          new Forwarder(name, buffer, destination(receiver, loops), observer)));
    });
    LogGateway gateway = new LogGateway(pipes);
    audited.forEach(
        receiver -> Waiting.forStart("audit", receiver.started().thenApply(done -> true)));
    for (ReceiverAudit receiver : audited) {
      closing.add(() -> Waiting.forStop(receiver.stopped(), config.audit().timeout()));
    }
    closing.add(() -> stop(gateway));
    ScheduledFuture<?> reports = loops.scheduleWithFixedDelay(
        () -> audited.forEach(ReceiverAudit::report),
        AUDIT_EVERY.toMillis(),
        AUDIT_EVERY.toMillis(),
        TimeUnit.MILLISECONDS);
    closing.add(() -> reports.cancel(false));
    return Waiting.forStart("logs", gateway.start());
  }

  private ReceiverAudit audited(String name, Logs.Receiver receiver, LogObserver next) {
    return new ReceiverAudit(
        next,
        audit,
        Map.of(
            "receiver",
            name,
            "protocol",
            receiver.protocol().text(),
            "policy_sha256",
            policyDigest));
  }

  private static EventLoopGroup loops(Closing closing) {
    EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
        Math.max(1, Runtime.getRuntime().availableProcessors()),
        new DefaultThreadFactory("phial-logs", true),
        NioIoHandler.newFactory());
    closing.add(() -> loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync());
    return loops;
  }

  private BufferSettings buffer(String name) {
    return BufferSettings.of(
        name,
        logs.buffer().directory().resolve(name),
        logs.buffer().maxSize(),
        logs.buffer().sync());
  }

  private void stop(LogGateway gateway) throws Exception {
    Duration half = config.limits().drainTimeout().dividedBy(2);
    Waiting.forStop(gateway.stopReceiving(half), half);
    gateway.stopForwarding(half);
  }

  private Receiver receiver(
      String name,
      Logs.Receiver receiver,
      Intake intake,
      LogObserver observer,
      EventLoopGroup loops) {
    InetSocketAddress address =
        Addresses.tcp("logs.receivers." + name, receiver.listener().address());
    SyslogParts syslog =
        new SyslogParts(intake, observer, logs.limits().event(), logs.limits().maskingTimeout());
    return switch (receiver.protocol()) {
      case SYSLOG_UDP -> SyslogReceivers.udp(syslog, address, loops);
      case SYSLOG_TCP ->
        SyslogReceivers.tcp(
            syslog,
            address,
            serverTls(receiver),
            loops,
            logs.limits().connections(),
            logs.limits().idleTimeout());
      case SPLUNK_HEC -> web(Spoken.SPLUNK_HEC, receiver, intake, observer, address, loops);
      case ELASTICSEARCH -> web(Spoken.ELASTICSEARCH, receiver, intake, observer, address, loops);
      case LOKI -> web(Spoken.LOKI, receiver, intake, observer, address, loops);
      case OTLP_HTTP -> web(Spoken.OTLP, receiver, intake, observer, address, loops);
      case OTLP_GRPC ->
        new OtlpReceiver(
            intake,
            observer,
            address,
            grpcTls(receiver),
            loops,
            workers,
            tokens(receiver)::shown,
            logs.limits().expanded(),
            logs.limits().idleTimeout());
      case FLUENTD ->
        new ForwardParts(
                intake,
                observer,
                logs.limits().request(),
                logs.limits().expanded(),
                logs.limits().maskingTimeout())
            .receiver(
                address,
                serverTls(receiver),
                loops,
                logs.limits().connections(),
                logs.limits().idleTimeout());
    };
  }

  private Receiver web(
      Spoken spoken,
      Logs.Receiver receiver,
      Intake intake,
      LogObserver observer,
      InetSocketAddress address,
      EventLoopGroup loops) {
    WebParts parts = new WebParts(
        intake,
        observer,
        tokens(receiver),
        logs.limits().request(),
        logs.limits().expanded(),
        config.limits().bodyTimeout(),
        workers);
    return WebReceivers.http(
        spoken,
        parts,
        address,
        serverTls(receiver),
        loops,
        logs.limits().connections(),
        logs.limits().idleTimeout());
  }

  private static Tokens tokens(Logs.Receiver receiver) {
    return receiver.tokens().map(Tokens::of).orElseGet(Tokens::none);
  }

  private @Nullable SslContext grpcTls(Logs.Receiver receiver) {
    return receiver
        .listener()
        .tls()
        .map(files -> tls.grpcServer(TlsFilesOf.listener(files)))
        .orElse(null);
  }

  private @Nullable SslContext serverTls(Logs.Receiver receiver) {
    return receiver
        .listener()
        .tls()
        .map(files -> tls.http1Server(TlsFilesOf.listener(files)))
        .orElse(null);
  }

  private dev.phial.gateway.logs.forward.Destination destination(
      Logs.Receiver receiver, EventLoopGroup loops) {
    Destination to = receiver.to();
    Duration timeout = config.limits().upstreamTimeout();
    return switch (receiver.protocol()) {
      case SYSLOG_UDP, SYSLOG_TCP ->
        to.url().getScheme().equals("udp")
            ? new SyslogSendingSocket(to.host(), to.port())
            : new SyslogStream(
                dialer(to, loops), to.counted(), timeout, logs.buffer().maxSize());
      case SPLUNK_HEC, LOKI -> web(to, loops, ReplyReader.byStatus());
      case ELASTICSEARCH -> web(to, loops, ReplyReader.bulk());
      case OTLP_HTTP -> web(to, loops, ReplyReader.otlp());
      case OTLP_GRPC ->
        new OtlpDestination(
            to.host(),
            to.port(),
            to.secure() ? tls.grpcClient(clientFiles(to)) : null,
            to.authorization(),
            timeout);
      case FLUENTD -> new ForwardDestination(dialer(to, loops), timeout);
    };
  }

  private WebDestination web(Destination to, EventLoopGroup loops, ReplyReader replies) {
    return new WebDestination(
        dialer(to, loops), to.authorization(), config.limits().upstreamTimeout(), replies);
  }

  private Dialer dialer(Destination to, EventLoopGroup loops) {
    return new Dialer(
        to.host(),
        to.port(),
        to.secure() ? tls.http1Client(clientFiles(to)) : null,
        loops,
        config.limits().connectTimeout());
  }

  private static ClientTlsFiles clientFiles(Destination to) {
    return new ClientTlsFiles(
        to.ca(), to.identity().map(i -> new ClientTlsFiles.Identity(i.certificate(), i.key())));
  }
}
