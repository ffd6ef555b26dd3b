package dev.phial.gateway.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An upstream that keeps every byte it is sent, and answers each request with the next prepared answer, or with a body it has
 * stored: a POST or PUT stores its body, a GET gives the last one back.
 */
final class RawUpstream implements AutoCloseable {
  private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: ([0-9]+)\r\n");

  private final ServerSocket server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final Queue<String> prepared = new ConcurrentLinkedQueue<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private volatile String stored = "{\"resourceType\":\"Basic\"}";

  RawUpstream() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  InetSocketAddress address() {
    return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
  }

  /** All requests, each with head and body, as bytes in ISO 8859-1. */
  List<String> requests() {
    return requests;
  }

  String stored() {
    return stored;
  }

  void store(String body) {
    stored = body;
  }

  /** The whole bytes of a next answer; one that ends with {@code <close>} is cut off there; an empty one never comes. */
  void prepare(String answer) {
    prepared.add(answer);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        sockets.add(socket);
        threads.execute(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = socket.getInputStream();
      for (String request = read(in); !request.isEmpty(); request = read(in)) {
        requests.add(request);
        if (!answer(request, socket.getOutputStream())) {
          return;
        }
      }
    } catch (IOException e) {
      // the proxy has closed
    }
  }

  private static String read(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    while (!bytes.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int b = in.read();
      if (b < 0) {
        return bytes.toString(StandardCharsets.ISO_8859_1);
      }
      bytes.write(b);
    }
    Matcher length = LENGTH.matcher(bytes.toString(StandardCharsets.ISO_8859_1));
    bytes.writeBytes(in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0));
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  private boolean answer(String request, OutputStream out) throws IOException {
    String next = prepared.poll();
    if (next == null) {
      String body = request.substring(request.indexOf("\r\n\r\n") + 4);
      if (!body.isEmpty()) {
        stored = new String(body.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
      }
      next = ok(stored, request.startsWith("HEAD"));
    }
    boolean cut = next.isEmpty() || next.endsWith("<close>");
    out.write(next.replace("<close>", "").getBytes(StandardCharsets.UTF_8));
    out.flush();
    if (next.isEmpty()) {
      awaitEnd(out);
    }
    return !cut;
  }

  private void awaitEnd(OutputStream out) throws IOException {
    while (!server.isClosed()) {
      Thread.onSpinWait();
      java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
    }
    out.close();
  }

  static String ok(String body, boolean head) {
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    return "HTTP/1.1 200 OK\r\nContent-Type: application/fhir+json; charset=utf-8\r\nContent-Length: "
        + length + "\r\nETag: W/\"1\"\r\nSet-Cookie: a=b\r\nServer: secret/1\r\n\r\n"
        + (head ? "" : body);
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      threads.shutdownNow();
    }
  }
}
