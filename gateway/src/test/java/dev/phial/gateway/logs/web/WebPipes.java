package dev.phial.gateway.logs.web;

import dev.phial.gateway.logs.SsnMasker;
import dev.phial.gateway.logs.TestPipe;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;

/** Pipes over HTTP, and requests to them. */
final class WebPipes {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private WebPipes() {}

  static TestPipe open(
      WebReceivers.Spoken spoken,
      Path directory,
      SsnMasker masker,
      Tokens tokens,
      int destination,
      ReplyReader replies)
      throws Exception {
    return new TestPipe(
        directory.resolve("buffer"),
        1 << 20,
        masker,
        parts -> WebReceivers.http(
            spoken,
            new WebParts(
                parts.intake(),
                parts.observer(),
                tokens,
                256 << 10,
                1 << 20,
                Duration.ofSeconds(20),
                ForkJoinPool.commonPool()),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            null,
            parts.loops(),
            20,
            Duration.ofMinutes(1)),
        parts -> new WebDestination(
            parts.dialer(destination, null), Optional.empty(), Duration.ofSeconds(20), replies));
  }

  static HttpRequest.Builder to(TestPipe pipe, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + pipe.port() + path))
        .timeout(Duration.ofSeconds(60));
  }

  static HttpResponse<String> post(TestPipe pipe, String path, String type, String body)
      throws IOException, InterruptedException {
    return send(to(pipe, path)
        .header("Content-Type", type)
        .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
