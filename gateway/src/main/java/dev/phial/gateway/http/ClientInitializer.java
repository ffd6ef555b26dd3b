package dev.phial.gateway.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.group.ChannelGroup;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.timeout.WriteTimeoutHandler;
import java.util.concurrent.TimeUnit;

/** Fills the pipeline of a client's connection: tls, write-timeout, codec (which is the framing rules), exchange. */
final class ClientInitializer extends ChannelInitializer<Channel> {
  private final ProxyContext proxy;
  private final ChannelGroup clients;

  ClientInitializer(ProxyContext proxy, ChannelGroup clients) {
    this.proxy = proxy;
    this.clients = clients;
  }

  @Override
  protected void initChannel(Channel channel) {
    if (clients.size() >= proxy.settings().maxConnections()) {
      Closing.close(channel);
      return;
    }
    clients.add(channel);
    SslContext tls = proxy.settings().tls();
    if (tls != null) {
      SslHandler handler = tls.newHandler(channel.alloc());
      handler.setHandshakeTimeoutMillis(proxy.settings().timeouts().head().toMillis());
      channel.pipeline().addLast("tls", handler);
    }
    RequestDecoder decoder = new RequestDecoder();
    channel
        .pipeline()
        .addLast(
            "write-timeout",
            new WriteTimeoutHandler(
                proxy.settings().timeouts().write().toMillis(), TimeUnit.MILLISECONDS))
        .addLast("codec", decoder)
        .addLast("exchange", new ClientConnection(proxy, decoder));
  }
}
