package dev.phial.gateway.logs.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executors;

/** A real HTTP server on loopback: keeps requests, and answers as it was told, at last with 200. */
final class WebServer implements AutoCloseable {
  private final HttpServer server;
  private final List<Got> got = new ArrayList<>();
  private final Deque<Reply> replies = new ArrayDeque<>();

  /** A request. */
  record Got(String path, String type, String authorization, String tenant, String body) {}

  WebServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(Executors.newFixedThreadPool(2, task -> {
      Thread thread = new Thread(task, "web-server");
      thread.setDaemon(true);
      return thread;
    }));
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  synchronized void willAnswer(int status, String body) {
    replies.add(new Reply(status, body.getBytes(StandardCharsets.UTF_8)));
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Reply reply;
    synchronized (this) {
      got.add(new Got(
          exchange.getRequestURI().toString(),
          header(exchange, "Content-Type"),
          header(exchange, "Authorization"),
          header(exchange, "X-Scope-OrgID"),
          body));
      reply = replies.isEmpty()
          ? new Reply(200, "{}".getBytes(StandardCharsets.UTF_8))
          : replies.remove();
      notifyAll();
    }
    exchange.sendResponseHeaders(
        reply.status(), reply.body().length == 0 ? -1 : reply.body().length);
    exchange.getResponseBody().write(reply.body());
    exchange.close();
  }

  private static String header(HttpExchange exchange, String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : value;
  }

  /** Waits for the n-th request, from 1. */
  synchronized Got await(int n) throws InterruptedException {
    long end = System.nanoTime() + 60_000_000_000L;
    while (got.size() < n) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new AssertionError(got.size() + " requests after a minute");
      }
      wait(left);
    }
    return got.get(n - 1);
  }

  synchronized int requests() {
    return got.size();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
