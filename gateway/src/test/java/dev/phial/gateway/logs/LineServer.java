package dev.phial.gateway.logs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** A real syslog server on loopback: keeps what it reads, and ends a connection when its sender does. */
public final class LineServer implements AutoCloseable {
  private final ServerSocket listener;
  private final List<Socket> open = new ArrayList<>();
  private final ByteArrayOutputStream read = new ByteArrayOutputStream();
  private final AtomicBoolean hung = new AtomicBoolean();
  private int connections;

  public LineServer() throws IOException {
    this(0);
  }

  public LineServer(int port) throws IOException {
    listener = new ServerSocket();
    listener.setReuseAddress(true);
    listener.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    daemon(this::accept);
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "line-server");
    thread.setDaemon(true);
    thread.start();
  }

  public int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        synchronized (this) {
          open.add(socket);
          connections++;
          notifyAll();
        }
        daemon(() -> serve(socket));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void serve(Socket socket) {
    byte[] buffer = new byte[8_192];
    try (socket;
        InputStream in = socket.getInputStream()) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        synchronized (this) {
          while (hung.get()) {
            wait();
          }
          read.write(buffer, 0, n);
          notifyAll();
        }
      }
    } catch (IOException | InterruptedException e) {
      // reset
    }
  }

  /** Reads on, or no longer. */
  public synchronized void hang(boolean now) {
    hung.set(now);
    notifyAll();
  }

  /** Resets all connections: what is in them is lost. */
  public synchronized void reset() throws IOException {
    for (Socket socket : open) {
      if (!socket.isClosed()) {
        socket.setSoLinger(true, 0);
        socket.close();
      }
    }
    open.clear();
  }

  public synchronized int connections() {
    return connections;
  }

  public synchronized String text() {
    return read.toString(StandardCharsets.ISO_8859_1);
  }

  /** Waits until a text has come. */
  public synchronized String await(String text) throws InterruptedException {
    long end = System.nanoTime() + 60_000_000_000L;
    byte[] wanted = text.getBytes(StandardCharsets.ISO_8859_1);
    int from = 0;
    while (true) {
      byte[] all = read.toByteArray();
      for (; from <= all.length - wanted.length; from++) {
        if (Arrays.equals(all, from, from + wanted.length, wanted, 0, wanted.length)) {
          return text();
        }
      }
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new AssertionError("not after a minute: " + text + "; only " + text());
      }
      wait(left);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    reset();
  }
}
