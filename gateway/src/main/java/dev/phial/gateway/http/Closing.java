package dev.phial.gateway.http;

import io.netty.channel.Channel;

/** Closes a channel when nothing is to be done after that. */
final class Closing {
  private Closing() {}

  static void close(Channel channel) {
    var unused = channel.close();
  }
}
