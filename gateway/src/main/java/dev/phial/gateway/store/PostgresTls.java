package dev.phial.gateway.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLSocketFactory;

/**
 * Gives the driver our TLS. The driver makes its socket factory itself, from a class name and a text, so the factories that
 * it is to use wait here under numbers.
 */
public final class PostgresTls extends SSLSocketFactory {
  private static final Map<String, SSLSocketFactory> FACTORIES = new ConcurrentHashMap<>();
  private static final AtomicLong NUMBERS = new AtomicLong();

  private final SSLSocketFactory factory;

  /**
   * For the driver.
   *
   * @param number what {@link #offer} gave
   */
  public PostgresTls(String number) {
    SSLSocketFactory offered = FACTORIES.get(number);
    if (offered == null) {
      throw new IllegalStateException("the store was closed");
    }
    this.factory = offered;
  }

  static String offer(SSLSocketFactory factory) {
    String number = Long.toString(NUMBERS.incrementAndGet());
    FACTORIES.put(number, factory);
    return number;
  }

  static void withdraw(String number) {
    FACTORIES.remove(number);
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return factory.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return factory.getSupportedCipherSuites();
  }

  @Override
  public Socket createSocket() throws IOException {
    return factory.createSocket();
  }

  @Override
  public Socket createSocket(Socket socket, String host, int port, boolean autoClose)
      throws IOException {
    return factory.createSocket(socket, host, port, autoClose);
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return factory.createSocket(host, port);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return factory.createSocket(host, port, local, localPort);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return factory.createSocket(host, port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return factory.createSocket(host, port, local, localPort);
  }
}
