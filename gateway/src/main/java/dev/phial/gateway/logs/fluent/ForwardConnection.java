package dev.phial.gateway.logs.fluent;

import dev.phial.gateway.logs.fluent.MessagePackFrames.FrameException;
import dev.phial.gateway.logs.intake.LogObserver.Lost;
import dev.phial.gateway.logs.net.Closing;
import dev.phial.gateway.logs.net.Connections;
import dev.phial.gateway.logs.net.Drain;
import dev.phial.gateway.logs.net.PatientIntake;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.timeout.IdleStateEvent;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.value.Value;
import org.msgpack.value.ValueFactory;

/**
 * One sender's connection: one message after the other, and nothing more is read before it is in the buffer. A message that asks
 * for an acknowledgement gets it then; when it cannot be taken the connection is closed without, and the sender sends again.
 * Others wait as syslog's do.
 */
final class ForwardConnection extends ChannelInboundHandlerAdapter {
  private final ForwardParts parts;
  private final Connections connections;
  private final MessagePackFrames frames;
  private final ForwardReader reader;
  private @Nullable PatientIntake patient;
  private boolean entered;
  private boolean pending;
  private boolean draining;
  private boolean closed;

  ForwardConnection(ForwardParts parts, Connections connections) {
    this.parts = parts;
    this.connections = connections;
    this.frames = new MessagePackFrames(parts.maxRequest());
    this.reader = new ForwardReader(parts.maxExpanded());
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    entered = connections.enter();
    if (!entered) {
      Closing.close(context.channel());
      return;
    }
    patient = new PatientIntake(
        parts.intake(), context.channel().eventLoop(), parts.observer(), parts.patience());
    context.read();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object bytes) {
    ByteBuf in = (ByteBuf) bytes;
    try {
      frames.add(in);
    } finally {
      in.release();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (!pending) {
      next(context);
    }
  }

  private void next(ChannelHandlerContext context) {
    Optional<byte[]> frame = Optional.empty();
    try {
      frame = frames.next();
      if (frame.isPresent()) {
        take(context, reader.read(frame.get()));
        return;
      }
    } catch (FrameException e) {
      give(context, e.tooLarge() ? Lost.TOO_LARGE : Lost.MALFORMED);
      return;
    } catch (IOException e) {
      give(context, Lost.MALFORMED);
      return;
    }
    if (closed) {
      leave();
    } else if (draining) {
      Closing.close(context.channel());
    } else {
      context.read();
    }
  }

  private void give(ChannelHandlerContext context, Lost reason) {
    parts.observer().lost(reason, 1);
    Closing.close(context.channel());
    leave();
  }

  private void take(ChannelHandlerContext context, ForwardReader.Read read) {
    PatientIntake patiently = patient;
    if (read.message().size() == 0 || patiently == null) {
      acknowledge(context, read.chunk());
      next(context);
      return;
    }
    pending = true;
    CompletionStage<Void> taken = read.chunk().isPresent()
        ? parts.intake().take(read.message())
        : patiently.take(read.message());
    var unused = taken.whenComplete(
        (done, failure) -> context.executor().execute(() -> taken(context, read.chunk(), failure)));
  }

  private void taken(
      ChannelHandlerContext context, Optional<Value> chunk, @Nullable Throwable failure) {
    pending = false;
    if (failure == null) {
      acknowledge(context, chunk);
      next(context);
    } else {
      parts.observer().refused("not-acknowledged");
      Closing.close(context.channel());
      leave();
    }
  }

  private static void acknowledge(ChannelHandlerContext context, Optional<Value> chunk) {
    if (chunk.isEmpty()) {
      return;
    }
    try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
      packer.packValue(ValueFactory.newMap(ValueFactory.newString("ack"), chunk.get()));
      var unused = context.writeAndFlush(Unpooled.wrappedBuffer(packer.toByteArray()));
    } catch (IOException e) {
      Closing.close(context.channel());
    }
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
