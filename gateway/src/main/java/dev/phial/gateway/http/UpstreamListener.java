package dev.phial.gateway.http;

import io.netty.buffer.ByteBuf;

/** Whoever waits for an upstream's response. Called on the event loop; after {@code end} or {@code failed} no more. */
interface UpstreamListener {
  void head(ResponseHead head);

  /** Takes a piece of the body; owns it. */
  void body(ByteBuf piece);

  void end();

  void failed(Refusal refusal);

  /** The upstream takes bytes again. */
  void writable();
}
