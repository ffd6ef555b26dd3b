package dev.phial.gateway.logs.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.timeout.IdleStateEvent;

/**
 * One sender's connection, over which messages come one after the other. Nothing more is read before what came is in the
 * buffer: that keeps the order, and lets TCP slow the sender down when the buffer is full. On the connection's event loop only.
 */
public abstract class PatientConnection extends ChannelInboundHandlerAdapter {
  private final Connections connections;
  private boolean entered;
  private boolean pending;
  private boolean draining;
  private boolean closed;
  private boolean over;

  /** @param connections count this one while it is open */
  protected PatientConnection(Connections connections) {
    this.connections = connections;
  }

  /** The connection may be used. */
  protected abstract void opened(ChannelHandlerContext context);

  /** Bytes have come; they are not kept by the caller. */
  protected abstract void came(ChannelHandlerContext context, ByteBuf bytes);

  /**
   * Takes the next of what came; what is not done at once stands between {@link #waiting} and {@link #taken}. False when there
   * is nothing to take.
   */
  protected abstract boolean takeNext(ChannelHandlerContext context);

  /** The sender has closed; what is waited for goes on. */
  protected void ended() {}

  /** Something is being taken. */
  protected final void waiting() {
    pending = true;
  }

  /** What was waited for is taken. */
  protected final void taken(ChannelHandlerContext context) {
    pending = false;
    next(context);
  }

  /** Closes; what came and was not taken never is. */
  protected final void giveUp(ChannelHandlerContext context) {
    pending = false;
    over = true;
    Closing.close(context.channel());
    leave();
  }

  /** A loop, for a sender may send any number of messages that hold nothing. */
  private void next(ChannelHandlerContext context) {
    while (!over && !pending) {
      if (!takeNext(context)) {
        rest(context);
        return;
      }
    }
  }

  private void rest(ChannelHandlerContext context) {
    if (closed || over) {
      leave();
    } else if (draining) {
      Closing.close(context.channel());
    } else {
      context.read();
    }
  }

  private void leave() {
    if (entered) {
      entered = false;
      connections.leave();
    }
  }

  @Override
  public final void channelActive(ChannelHandlerContext context) {
    entered = connections.enter();
    if (entered) {
      opened(context);
      context.read();
    } else {
      Closing.close(context.channel());
    }
  }

  @Override
  public final void channelRead(ChannelHandlerContext context, Object bytes) {
    ByteBuf in = (ByteBuf) bytes;
    try {
      came(context, in);
    } finally {
      in.release();
    }
  }

  @Override
  public final void channelReadComplete(ChannelHandlerContext context) {
    next(context);
  }

  @Override
  public final void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event == Drain.DRAIN) {
      draining = true;
      next(context);
    } else if (event instanceof IdleStateEvent && !pending) {
      Closing.close(context.channel());
    } else {
      context.fireUserEventTriggered(event);
    }
  }

  @Override
  public final void channelInactive(ChannelHandlerContext context) {
    closed = true;
    ended();
    next(context);
  }

  @Override
  public final void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    Closing.close(context.channel()); // a reset connection, or a failed handshake
  }
}
