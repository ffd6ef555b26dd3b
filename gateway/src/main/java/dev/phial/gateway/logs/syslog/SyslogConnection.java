package dev.phial.gateway.logs.syslog;

import dev.phial.gateway.logs.intake.LogObserver.Lost;
import dev.phial.gateway.logs.net.Closing;
import dev.phial.gateway.logs.net.Connections;
import dev.phial.gateway.logs.net.Drain;
import dev.phial.gateway.logs.net.PatientIntake;
import dev.phial.masking.LogEvent;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.timeout.IdleStateEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One sender's connection. What one read brings is one batch, and nothing more is read before it is in the buffer: that
 * keeps the order, and lets TCP slow the sender down when the buffer is full.
 */
final class SyslogConnection extends ChannelInboundHandlerAdapter implements SyslogFrames.Sink {
  private final SyslogParts parts;
  private final Connections connections;
  private final SyslogFrames frames;
  private final List<LogEvent> messages = new ArrayList<>();
  private @Nullable PatientIntake intake;
  private boolean entered;
  private boolean pending;
  private boolean draining;
  private boolean closed;

  SyslogConnection(SyslogParts parts, Connections connections) {
    this.parts = parts;
    this.connections = connections;
    this.frames = new SyslogFrames(parts.maxEvent(), this);
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    entered = connections.enter();
    if (!entered) {
      Closing.close(context.channel());
      return;
    }
    intake = new PatientIntake(
        parts.intake(), context.channel().eventLoop(), parts.observer(), parts.patience());
    context.read();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object bytes) {
    ByteBuf in = (ByteBuf) bytes;
    try {
      frames.feed(in);
    } catch (IllegalArgumentException e) {
      parts.observer().lost(Lost.MALFORMED, 1);
      Closing.close(context.channel());
    } finally {
      in.release();
    }
  }

  @Override
  public void message(byte[] message) {
    messages.add(LogEvent.of(message));
  }

  @Override
  public void tooLarge() {
    parts.observer().lost(Lost.TOO_LARGE, 1);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (!pending) {
      next(context);
    }
  }

  private void next(ChannelHandlerContext context) {
    PatientIntake into = intake;
    if (into != null && !messages.isEmpty()) {
      SyslogBatch batch = new SyslogBatch(messages);
      messages.clear();
      pending = true;
      var unused = into.take(batch).thenRun(() -> taken(context));
    } else if (closed) {
      leave();
    } else if (draining) {
      Closing.close(context.channel());
    } else {
      context.read();
    }
  }

  private void taken(ChannelHandlerContext context) {
    pending = false;
    next(context);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event == Drain.DRAIN) {
      draining = true;
      if (!pending) {
        next(context);
      }
    } else if (event instanceof IdleStateEvent && !pending) {
      Closing.close(context.channel());
    } else {
      context.fireUserEventTriggered(event);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    closed = true;
    if (!frames.complete()) {
      // The rest of it is missing, and with it perhaps what would have been recognized.
      parts.observer().lost(Lost.MALFORMED, 1);
    }
    if (!pending) {
      next(context);
    }
  }

  private void leave() {
    if (entered) {
      entered = false;
      connections.leave();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    Closing.close(context.channel()); // a reset connection, or a failed handshake
  }
}
