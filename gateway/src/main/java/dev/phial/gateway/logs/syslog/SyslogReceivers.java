package dev.phial.gateway.logs.syslog;

import dev.phial.gateway.logs.net.Connections;
import dev.phial.gateway.logs.net.Receiver;
import dev.phial.gateway.logs.net.TcpListener;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Makes syslog receivers. */
public final class SyslogReceivers {
  private SyslogReceivers() {}

  /** Over TCP, or TLS (RFC 5425). */
  public static Receiver tcp(
      SyslogParts parts,
      InetSocketAddress address,
      @Nullable SslContext tls,
      EventLoopGroup loops,
      int connections,
      Duration idle) {
    Connections counted = new Connections(connections, parts.observer());
    return new TcpListener(
        address,
        tls,
        loops,
        idle,
        parts.observer(),
        pipeline -> pipeline.addLast(new SyslogConnection(parts, counted)));
  }

  /** Over UDP (RFC 5426). */
  public static Receiver udp(SyslogParts parts, InetSocketAddress address, EventLoopGroup loops) {
    return new SyslogDatagrams(parts, address, loops);
  }
}
