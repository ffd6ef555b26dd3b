package dev.phial.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.security.cert.X509Certificate;
import java.util.List;

/** The client's side of an exchange. Used on its event loop only. */
interface Client {
  EventLoop loop();

  /** The verified certificates of the TLS session, leaf first. */
  List<X509Certificate> certificates();

  /** Asks for more of the request's body. */
  void more();

  /** Whether the client takes bytes at the moment. */
  boolean writable();

  void write(ByteBuf bytes);

  /** Whether the connection is closed after this answer. */
  boolean closing();

  /**
   * The exchange has ended.
   *
   * @param reusable whether the answer was written whole and the connection can take another request
   * @param unread whether parts of the request may still arrive
   */
  void finished(boolean reusable, boolean unread);
}
