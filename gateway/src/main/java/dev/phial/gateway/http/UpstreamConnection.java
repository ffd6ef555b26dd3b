package dev.phial.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One connection to an upstream: one request at a time, and back to the pool when both messages have ended well. */
final class UpstreamConnection extends ChannelInboundHandlerAdapter {
  private final UpstreamPool pool;
  private final ResponseDecoder decoder;
  private final ProxySettings.Timeouts timeouts;
  private @Nullable ChannelHandlerContext context;
  private @Nullable UpstreamListener listener;
  private @Nullable Future<?> timer;
  private boolean sent;
  private boolean close;

  UpstreamConnection(UpstreamPool pool, ResponseDecoder decoder, ProxySettings.Timeouts timeouts) {
    this.pool = pool;
    this.decoder = decoder;
    this.timeouts = timeouts;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  private ChannelHandlerContext ctx() {
    if (context == null) {
      throw new IllegalStateException("not connected");
    }
    return context;
  }

  /** Begins a request. */
  void begin(UpstreamListener waiting, boolean head) {
    disarm();
    listener = waiting;
    sent = false;
    close = false;
    decoder.expect(head);
  }

  void write(ByteBuf bytes) {
    ctx().writeAndFlush(bytes).addListener(written -> {
      if (!written.isSuccess()) {
        fail(broken());
      }
    });
  }

  boolean writable() {
    return ctx().channel().isWritable();
  }

  /** The request has been written to its end; now the response is awaited. */
  void sent() {
    sent = true;
    arm(timeouts.response(), () -> fail(slow()));
  }

  /** Asks for more of the response. */
  void more() {
    if (listener != null) {
      arm(timeouts.response(), () -> fail(slow()));
      ctx().read();
    }
  }

  /** Gives up the request under way: the connection cannot be used again. */
  void abort() {
    listener = null;
    disarm();
    Closing.close(ctx().channel());
  }

  /** Waits unused in the pool, for a while. */
  void rest() {
    ctx().channel().config().setAutoRead(true);
    arm(timeouts.idle(), () -> Closing.close(ctx().channel()));
  }

  boolean usable() {
    return ctx().channel().isActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    UpstreamListener waiting = listener;
    if (waiting == null) {
      ReferenceCountUtil.release(message);
      Closing.close(ctx.channel());
    } else if (message instanceof ResponseHead head) {
      close = head.close();
      ctx.channel().config().setAutoRead(false);
      disarm();
      waiting.head(head);
    } else if (message instanceof ByteBuf piece) {
      disarm();
      waiting.body(piece);
    } else if (message instanceof BadFraming bad) {
      fail(new Refusal(
          502,
          "upstream-framing",
          "the upstream's response is malformed: " + bad.defect().getMessage()));
    } else {
      finished(waiting);
    }
  }

  private void finished(UpstreamListener waiting) {
    disarm();
    listener = null;
    if (sent && !close) {
      pool.release(this);
    } else {
      Closing.close(ctx().channel());
    }
    waiting.end();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (listener != null && ctx.channel().isWritable()) {
      listener.writable();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    pool.closed(this);
    fail(broken());
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    fail(broken());
    Closing.close(ctx.channel());
  }

  private void fail(Refusal refusal) {
    UpstreamListener waiting = listener;
    listener = null;
    disarm();
    if (waiting != null) {
      Closing.close(ctx().channel());
      waiting.failed(refusal);
    }
  }

  private static Refusal broken() {
    return new Refusal(
        502,
        "upstream-closed",
        "the upstream closed the connection before its response was whole; nothing of it is given");
  }

  private static Refusal slow() {
    return new Refusal(504, "upstream-timeout", "the upstream did not answer in time");
  }

  private void arm(Duration after, Runnable then) {
    disarm();
    timer = ctx().executor().schedule(then, after.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void disarm() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }
}
