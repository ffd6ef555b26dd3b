package dev.phial.gateway.logs.syslog;

import dev.phial.gateway.logs.buffer.Parcel;
import dev.phial.gateway.logs.forward.Destination;
import dev.phial.gateway.logs.forward.RejectedException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.jspecify.annotations.Nullable;

/** A syslog server over UDP: a message is a datagram, and whether it arrives nobody knows. */
public final class SyslogSendingSocket implements Destination {
  private static final int MOST_DATAGRAM = 65_507;

  private final String host;
  private final int port;
  private @Nullable DatagramChannel channel;

  public SyslogSendingSocket(String host, int port) {
    this.host = host;
    this.port = port;
  }

  @Override
  public void send(Parcel parcel) throws IOException {
    DatagramChannel open = open();
    CountedMessages messages = new CountedMessages(parcel.body());
    int tooLarge = 0;
    while (messages.hasNext()) {
      ByteBuffer message = messages.next();
      if (message.remaining() > MOST_DATAGRAM) {
        tooLarge++;
      } else {
        open.write(message);
      }
    }
    if (tooLarge > 0) {
      throw new RejectedException(tooLarge, "too long for a datagram");
    }
  }

  private DatagramChannel open() throws IOException {
    DatagramChannel open = channel;
    if (open == null) {
      InetSocketAddress address = new InetSocketAddress(host, port);
      if (address.isUnresolved()) {
        throw new UnknownHostException("the host " + host + " does not resolve");
      }
      open = DatagramChannel.open().connect(address);
      channel = open;
    }
    return open;
  }

  @Override
  public boolean settle(boolean now) {
    return true;
  }

  @Override
  public void reset() {
    DatagramChannel open = channel;
    channel = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // there is nothing in it
      }
    }
  }
}
