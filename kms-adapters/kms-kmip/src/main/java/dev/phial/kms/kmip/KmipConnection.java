package dev.phial.kms.kmip;

import dev.phial.kms.ClientTls;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * Sends one message over a connection of its own. Keys are wrapped and unwrapped rarely; a connection that is never old is
 * never broken, and TLS resumes the session.
 */
record KmipConnection(String host, int port, SSLContext tls, int timeoutMillis) {
  private static final int MOST_BYTES = 1 << 20;

  byte[] exchange(byte[] request) throws IOException {
    try (Socket plain = new Socket()) {
      plain.connect(new InetSocketAddress(host.replaceAll("[\\[\\]]", ""), port), timeoutMillis);
      plain.setSoTimeout(timeoutMillis);
      try (SSLSocket socket =
          (SSLSocket) tls.getSocketFactory().createSocket(plain, host, port, true)) {
        SSLParameters parameters = ClientTls.parameters(tls);
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.getOutputStream().write(request);
        socket.getOutputStream().flush();
        return message(new DataInputStream(socket.getInputStream()));
      }
    }
  }

  private static byte[] message(DataInputStream in) throws IOException {
    byte[] header = new byte[Ttlv.HEADER_BYTES];
    in.readFully(header);
    int length = ByteBuffer.wrap(header).getInt(Integer.BYTES);
    if (length < 0 || length > MOST_BYTES) {
      throw new IOException("the answer says that it has " + length + " bytes");
    }
    byte[] message = Arrays.copyOf(header, header.length + length);
    in.readFully(message, header.length, length);
    return message;
  }
}
