package dev.phial.gateway.logs;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** All receivers. Starts once and stops once. Thread-safe. */
public final class LogGateway {
  private final List<LogPipe> pipes;

  public LogGateway(List<LogPipe> pipes) {
    this.pipes = List.copyOf(pipes);
  }

  /** Starts to forward what is buffered, and to listen; gives each receiver's bound address. */
  public CompletionStage<Map<String, SocketAddress>> start() {
    Map<String, SocketAddress> bound = new TreeMap<>();
    CompletionStage<Void> started = CompletableFuture.completedStage(null);
    for (LogPipe pipe : pipes) {
      pipe.forwarder().start();
      started = started
          .thenCompose(done -> pipe.receiver().start())
          .thenAccept(address -> bound.put(pipe.name(), address));
    }
    return started.thenApply(done -> bound);
  }

  /** Takes nothing new. The stage completes when what has come is buffered, after {@code grace} at the latest. */
  public CompletionStage<Void> stopReceiving(Duration grace) {
    List<CompletableFuture<Void>> stopped = new ArrayList<>();
    pipes.forEach(pipe -> stopped.add(pipe.receiver().stop(grace).toCompletableFuture()));
    return CompletableFuture.allOf(stopped.toArray(CompletableFuture<?>[]::new));
  }

  /** Delivers what is buffered, for {@code grace} at most; the rest is delivered after the next start. Blocks. */
  public void stopForwarding(Duration grace) throws InterruptedException {
    long end = System.nanoTime() + grace.toNanos();
    for (LogPipe pipe : pipes) {
      pipe.forwarder().close(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
    }
  }
}
