package dev.phial.gateway.logs.web;

import dev.phial.gateway.logs.net.Connections;
import dev.phial.gateway.logs.net.Receiver;
import dev.phial.gateway.logs.net.TcpListener;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Makes receivers of log protocols over HTTP. */
public final class WebReceivers {
  private static final int MOST_LINE = 8 << 10;
  private static final int MOST_HEAD = 16 << 10;
  private static final int BODIES = 16;

  private WebReceivers() {}

  /** What is spoken. */
  public enum Spoken {
    SPLUNK_HEC,
    ELASTICSEARCH,
    LOKI,
    OTLP
  }

  /** A receiver over HTTP/1.1. */
  public static Receiver http(
      Spoken spoken,
      WebParts parts,
      InetSocketAddress address,
      @Nullable SslContext tls,
      EventLoopGroup loops,
      int connections,
      Duration idle) {
    WebProtocol protocol = protocol(spoken, parts);
    Connections counted = new Connections(connections, parts.observer());
    Budget budget = new Budget((long) BODIES * parts.maxRequest());
    return new TcpListener(
        address,
        tls,
        loops,
        idle,
        parts.observer(),
        pipeline -> pipeline
            .addLast(new HttpServerCodec(new HttpDecoderConfig()
                .setMaxInitialLineLength(MOST_LINE)
                .setMaxHeaderSize(MOST_HEAD)))
            .addLast(new WebConnection(parts, protocol, counted, budget)));
  }

  private static WebProtocol protocol(Spoken spoken, WebParts parts) {
    return switch (spoken) {
      case SPLUNK_HEC -> new HecProtocol(parts.intake());
      case ELASTICSEARCH -> new BulkProtocol(parts.intake());
      case LOKI -> new LokiProtocol(parts.intake(), parts.maxExpanded());
      case OTLP -> new OtlpProtocol(parts.intake());
    };
  }
}
