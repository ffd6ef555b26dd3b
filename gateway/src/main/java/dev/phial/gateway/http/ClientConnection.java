package dev.phial.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** One client's connection: one exchange after the other, each with its deadlines. */
final class ClientConnection extends ChannelInboundHandlerAdapter implements Client {
  /** An event that asks a connection to close as soon as nothing is under way. */
  enum Drain {
    DRAIN
  }

  private static final int LEAST_PER_WINDOW = 1 << 10;
  private static final long LINGER_MILLIS = 1_000;

  private final ProxyContext proxy;
  private final RequestDecoder decoder;
  private @Nullable ChannelHandlerContext context;
  private @Nullable Exchange exchange;
  private @Nullable Future<?> timer;
  private boolean draining;
  private boolean wanting;
  private long received;

  ClientConnection(ProxyContext proxy, RequestDecoder decoder) {
    this.proxy = proxy;
    this.decoder = decoder;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  private ChannelHandlerContext ctx() {
    if (context == null) {
      throw new IllegalStateException("not in a pipeline");
    }
    return context;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    proxy.observer().connectionOpened();
    awaitRequest();
  }

  private void awaitRequest() {
    arm(proxy.settings().timeouts().head().toMillis(), this::noHead);
    ctx().read();
  }

  /** A connection on which nothing has begun is closed without a word. */
  private void noHead() {
    if (decoder.midway()) {
      started().stalled();
    } else {
      Closing.close(ctx().channel());
    }
  }

  private Exchange started() {
    Exchange begun = exchange;
    if (begun == null) {
      begun = new Exchange(proxy, this);
      exchange = begun;
    }
    return begun;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    wanting = false;
    if (message instanceof RequestHead head) {
      disarm();
      started().begin(head);
    } else if (message instanceof ByteBuf piece) {
      received += piece.readableBytes();
      body(piece);
    } else if (message instanceof BodyEnd) {
      disarm();
      if (exchange != null) {
        exchange.requestEnd();
      }
    } else if (message instanceof BadFraming bad) {
      disarm();
      started().malformed(bad.defect());
    } else {
      ReferenceCountUtil.release(message);
    }
  }

  private void body(ByteBuf piece) {
    if (exchange == null) {
      piece.release(); // the rest of a request that has been answered
    } else {
      exchange.requestBody(piece);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == Drain.DRAIN) {
      draining = true;
      if (exchange == null && !decoder.midway()) {
        Closing.close(ctx.channel());
      }
    } else {
      ctx.fireUserEventTriggered(event);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (exchange != null && ctx.channel().isWritable()) {
      exchange.clientWritable();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    proxy.observer().connectionClosed();
    disarm();
    if (exchange != null) {
      exchange.gone();
      exchange = null;
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    Closing.close(ctx.channel());
  }

  // ---- for the exchange

  @Override
  public EventLoop loop() {
    return ctx().channel().eventLoop();
  }

  @Override
  public List<X509Certificate> certificates() {
    SslHandler tls = ctx().pipeline().get(SslHandler.class);
    if (tls == null) {
      return List.of();
    }
    try {
      return Arrays.stream(tls.engine().getSession().getPeerCertificates())
          .filter(X509Certificate.class::isInstance)
          .map(X509Certificate.class::cast)
          .toList();
    } catch (SSLPeerUnverifiedException e) {
      return List.of();
    }
  }

  @Override
  public void more() {
    wanting = true;
    if (timer == null) {
      received = 0;
      arm(proxy.settings().timeouts().body().toMillis(), this::windowEnded);
    }
    ctx().read();
  }

  /** A body that trickles in is as bad as none: each window must bring some of it. */
  private void windowEnded() {
    timer = null;
    if (exchange != null && wanting && received < LEAST_PER_WINDOW) {
      exchange.stalled();
    } else {
      received = 0;
      arm(proxy.settings().timeouts().body().toMillis(), this::windowEnded);
    }
  }

  @Override
  public boolean writable() {
    return ctx().channel().isWritable();
  }

  @Override
  public void write(ByteBuf bytes) {
    var unused = ctx().writeAndFlush(bytes);
  }

  @Override
  public boolean closing() {
    return draining;
  }

  @Override
  public void finished(boolean reusable, boolean unread) {
    disarm();
    exchange = null;
    if (reusable && !unread) {
      awaitRequest();
      ctx().executor().execute(() -> decoder.next(ctx().pipeline().context(decoder)));
    } else {
      close(unread);
    }
  }

  /** What the client still sends is read and thrown away for a moment: closing at once would tear the answer away. */
  private void close(boolean unread) {
    ChannelFuture written = ctx().writeAndFlush(Unpooled.EMPTY_BUFFER);
    if (!unread) {
      written.addListener(ChannelFutureListener.CLOSE);
      return;
    }
    decoder.discard();
    ctx().channel().config().setAutoRead(true);
    written.addListener(flushed -> {
      if (ctx().channel() instanceof DuplexChannel plain
          && ctx().pipeline().get(SslHandler.class) == null) {
        var unused = plain.shutdownOutput();
      }
      arm(LINGER_MILLIS, () -> Closing.close(ctx().channel()));
    });
  }

  private void arm(long millis, Runnable then) {
    disarm();
    timer = ctx().executor().schedule(then, millis, TimeUnit.MILLISECONDS);
  }

  private void disarm() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }
}
