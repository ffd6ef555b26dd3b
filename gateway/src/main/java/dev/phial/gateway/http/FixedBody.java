package dev.phial.gateway.http;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** A body of a known length. */
final class FixedBody implements BodyReader {
  private long left;

  FixedBody(long length) {
    this.left = length;
  }

  @Override
  public @Nullable ByteBuf read(ByteBuf in) {
    int length = (int) Math.min(left, in.readableBytes());
    if (length == 0) {
      return null;
    }
    left -= length;
    return in.readRetainedSlice(length);
  }

  @Override
  public boolean ended() {
    return left == 0;
  }
}
