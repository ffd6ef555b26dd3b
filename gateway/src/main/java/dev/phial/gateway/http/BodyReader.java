package dev.phial.gateway.http;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Reads one body from a connection. */
interface BodyReader {

  /** The next bytes of the body, retained for the caller, or null when more must arrive first or the body has ended. */
  @Nullable
  ByteBuf read(ByteBuf in);

  /** Whether the body has ended. */
  boolean ended();

  static BodyReader of(BodyLength length, boolean trailers) {
    if (length instanceof BodyLength.Fixed fixed) {
      return new FixedBody(fixed.bytes());
    }
    return length instanceof BodyLength.Chunked ? new ChunkedBody(trailers) : new FixedBody(0);
  }
}
