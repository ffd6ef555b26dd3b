package dev.phial.gateway.logs.fluent;

import dev.phial.gateway.logs.intake.Intake;
import dev.phial.gateway.logs.intake.LogObserver;
import dev.phial.gateway.logs.net.Connections;
import dev.phial.gateway.logs.net.Receiver;
import dev.phial.gateway.logs.net.TcpListener;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a receiver of the forward protocol works with.
 *
 * @param maxRequest the most bytes of one message
 * @param maxExpanded the most bytes of its entries, decompressed
 * @param patience for how long messages that ask for no acknowledgement and cannot be masked are tried
 */
public record ForwardParts(
    Intake intake, LogObserver observer, int maxRequest, int maxExpanded, Duration patience) {

  /** A receiver over TCP or TLS. */
  public Receiver receiver(
      InetSocketAddress address,
      @Nullable SslContext tls,
      EventLoopGroup loops,
      int connections,
      Duration idle) {
    Connections counted = new Connections(connections, observer);
    return new TcpListener(
        address,
        tls,
        loops,
        idle,
        observer,
        pipeline -> pipeline.addLast(new ForwardConnection(this, counted)));
  }
}
