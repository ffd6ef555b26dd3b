package dev.phial.gateway.logs.fluent;

import dev.phial.gateway.logs.fluent.MessagePackFrames.FrameException;
import dev.phial.gateway.logs.intake.LogObserver.Lost;
import dev.phial.gateway.logs.net.Closing;
import dev.phial.gateway.logs.net.Connections;
import dev.phial.gateway.logs.net.PatientConnection;
import dev.phial.gateway.logs.net.PatientIntake;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.value.Value;
import org.msgpack.value.ValueFactory;

/**
 * One sender's connection: one message after the other. A message that asks for an acknowledgement gets it when it is in the
 * buffer; when it cannot be taken the connection is closed without, and the sender sends again. Others wait as syslog's do.
 */
final class ForwardConnection extends PatientConnection {
  private final ForwardParts parts;
  private final MessagePackFrames frames;
  private final ForwardReader reader;
  private @Nullable PatientIntake patient;

  ForwardConnection(ForwardParts parts, Connections connections) {
    super(connections);
    this.parts = parts;
    this.frames = new MessagePackFrames(parts.maxRequest());
    this.reader = new ForwardReader(parts.maxExpanded());
  }

  @Override
  protected void opened(ChannelHandlerContext context) {
    patient = new PatientIntake(
        parts.intake(), context.channel().eventLoop(), parts.observer(), parts.patience());
  }

  @Override
  protected void came(ChannelHandlerContext context, ByteBuf bytes) {
    frames.add(bytes);
  }

  @Override
  protected boolean takeNext(ChannelHandlerContext context) {
    try {
      Optional<byte[]> frame = frames.next();
      if (frame.isPresent()) {
        take(context, reader.read(frame.get()));
      }
      return frame.isPresent();
    } catch (FrameException e) {
      refuse(context, e.tooLarge() ? Lost.TOO_LARGE : Lost.MALFORMED);
    } catch (IOException e) {
      refuse(context, Lost.MALFORMED);
    }
    return false;
  }

  private void refuse(ChannelHandlerContext context, Lost reason) {
    parts.observer().lost(reason, 1);
    giveUp(context);
  }

  private void take(ChannelHandlerContext context, ForwardReader.Read read) {
    PatientIntake patiently = patient;
    if (read.message().size() == 0 || patiently == null) {
      acknowledge(context, read.chunk());
      return;
    }
    waiting();
    CompletionStage<Void> taken = read.chunk().isPresent()
        ? parts.intake().take(read.message())
        : patiently.take(read.message());
    var unused = taken.whenComplete(
        (done, failure) -> context.executor().execute(() -> taken(context, read.chunk(), failure)));
  }

  private void taken(
      ChannelHandlerContext context, Optional<Value> chunk, @Nullable Throwable failure) {
    if (failure == null) {
      acknowledge(context, chunk);
      taken(context);
    } else {
      parts.observer().refused("not-acknowledged");
      giveUp(context);
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
}
