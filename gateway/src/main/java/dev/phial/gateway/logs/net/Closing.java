package dev.phial.gateway.logs.net;

import io.netty.channel.Channel;

/** Closes a channel when nothing is to be done after that. */
public final class Closing {
  private Closing() {}

  public static void close(Channel channel) {
    var unused = channel.close();
  }
}
