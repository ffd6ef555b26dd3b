package dev.phial.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Frames a message whose body comes in pieces: with Content-Length when there turns out to be one piece, in chunks
 * otherwise. The first piece is held back until it is known which. Nothing is written before there is a second piece or the end.
 * For one event loop.
 */
final class FramedBody {
  private final Function<BodyLength, byte[]> head;
  private final Consumer<ByteBuf> wire;
  private @Nullable ByteBuf held;
  private boolean started;

  /**
   * @param head makes the message's head
   * @param wire takes what is to be written, in order
   */
  FramedBody(Function<BodyLength, byte[]> head, Consumer<ByteBuf> wire) {
    this.head = head;
    this.wire = wire;
  }

  /** Whether anything has been written. */
  boolean started() {
    return started;
  }

  /** Takes the next piece of the body. */
  void add(ByteBuf piece) {
    if (!piece.isReadable()) {
      piece.release();
    } else if (!started && held == null) {
      held = piece;
    } else {
      startChunked();
      chunk(piece);
    }
  }

  private void startChunked() {
    if (!started) {
      write(BodyLength.chunked());
    }
    ByteBuf first = held;
    if (first != null) {
      held = null;
      chunk(first);
    }
  }

  /** The body has ended: writes all that is left. */
  void end() {
    ByteBuf only = held;
    held = null;
    if (started) {
      wire.accept(ascii("0\r\n\r\n"));
    } else if (only == null) {
      write(BodyLength.none());
    } else {
      write(BodyLength.of(only.readableBytes()));
      wire.accept(only);
    }
  }

  private void write(BodyLength length) {
    started = true;
    wire.accept(Unpooled.wrappedBuffer(head.apply(length)));
  }

  private void chunk(ByteBuf piece) {
    wire.accept(ascii(Integer.toHexString(piece.readableBytes()) + "\r\n"));
    wire.accept(piece);
    wire.accept(ascii("\r\n"));
  }

  private static ByteBuf ascii(String text) {
    return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** Gives up what is held. */
  void release() {
    if (held != null) {
      held.release();
      held = null;
    }
  }
}
