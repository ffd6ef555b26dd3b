package dev.phial.kms.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A line on loopback to a server, which a test cuts: connections end and new ones are refused, as when the server is gone. Mended,
 * it leads to the server again, at the same port. Thread-safe.
 */
public final class CuttableLine implements AutoCloseable {
  private static final int BUFFER = 8192;

  private final int target;
  private final int port;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private @Nullable ServerSocket listener;

  private CuttableLine(int target, ServerSocket listener) {
    this.target = target;
    this.port = listener.getLocalPort();
    this.listener = listener;
  }

  /** @param target the server's port on loopback */
  public static CuttableLine to(int target) throws IOException {
    ServerSocket listener = listen(0);
    CuttableLine line = new CuttableLine(target, listener);
    line.serve(listener);
    return line;
  }

  /** Where clients connect instead. */
  public int port() {
    return port;
  }

  /** Ends every connection and refuses new ones. */
  public synchronized void cut() throws IOException {
    ServerSocket open = listener;
    listener = null;
    if (open != null) {
      open.close();
    }
    connections.forEach(CuttableLine::closeQuietly);
    connections.clear();
  }

  /** Leads to the server again. */
  public synchronized void mend() throws IOException {
    if (listener == null) {
      ServerSocket open = listen(port);
      listener = open;
      serve(open);
    }
  }

  @Override
  public void close() throws IOException {
    cut();
  }

  private static ServerSocket listen(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return socket;
  }

  private void serve(ServerSocket open) {
    start(() -> {
      while (!open.isClosed()) {
        Socket client = open.accept();
        start(() -> connect(open, client));
      }
    });
  }

  private void connect(ServerSocket open, Socket client) throws IOException {
    try (client;
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
      synchronized (this) {
        if (listener != open) {
          return;
        }
        connections.add(client);
        connections.add(server);
      }
      start(() -> copy(server, client));
      copy(client, server);
    }
  }

  private void copy(Socket from, Socket to) throws IOException {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        out.write(buffer, 0, read);
      }
    } finally {
      connections.remove(from);
      connections.remove(to);
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void start(Work work) {
    Thread thread = new Thread(
        () -> {
          try {
            work.run();
          } catch (IOException e) {
            // The line was cut, or one of its ends hung up.
          }
        },
        "cuttable-line");
    thread.setDaemon(true);
    thread.start();
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // Gone already.
    }
  }
}
