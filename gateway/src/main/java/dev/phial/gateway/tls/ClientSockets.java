package dev.phial.gateway.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Sockets of a context, with our protocols and cipher suites only. */
final class ClientSockets extends SSLSocketFactory {
  private final SSLSocketFactory factory;
  private final String[] protocols;
  private final String[] suites;

  ClientSockets(SSLSocketFactory factory, String[] protocols, String[] suites) {
    this.factory = factory;
    this.protocols = protocols;
    this.suites = suites;
  }

  private Socket limited(Socket socket) {
    SSLSocket secure = (SSLSocket) socket;
    secure.setEnabledProtocols(protocols);
    secure.setEnabledCipherSuites(suites);
    return secure;
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return suites.clone();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return suites.clone();
  }

  @Override
  public Socket createSocket() throws IOException {
    return limited(factory.createSocket());
  }

  @Override
  public Socket createSocket(Socket socket, String host, int port, boolean autoClose)
      throws IOException {
    return limited(factory.createSocket(socket, host, port, autoClose));
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return limited(factory.createSocket(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return limited(factory.createSocket(host, port, local, localPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return limited(factory.createSocket(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return limited(factory.createSocket(host, port, local, localPort));
  }
}
