package dev.phial.kms.rest;

import dev.phial.kms.ClientTls;
import dev.phial.kms.KmsUnavailableException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;

/** Sends requests and waits for the answers, each for a bounded time. Follows no redirects: tokens go where they should. */
public final class RestClient {
  private static final int MOST_BYTES = 1 << 20;

  private final String name;
  private final HttpClient http;
  private final Duration timeout;

  /**
   * @param name the KMS's configured name
   * @param tls whom to trust
   * @param timeout for one request
   */
  public RestClient(String name, SSLContext tls, Duration timeout) {
    this.name = name;
    this.timeout = timeout;
    this.http = HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(timeout)
        .sslContext(tls)
        .sslParameters(ClientTls.parameters(tls))
        .build();
  }

  public Answer get(URI uri, Map<String, String> headers) {
    return send(request(uri, headers).GET().build());
  }

  public Answer postJson(URI uri, Map<String, String> headers, Map<String, String> body) {
    return send(request(uri, headers)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofByteArray(Json.write(body)))
        .build());
  }

  /** A form, already encoded. */
  public Answer postForm(URI uri, String form) {
    return send(request(uri, Map.of())
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString(form, StandardCharsets.US_ASCII))
        .build());
  }

  private HttpRequest.Builder request(URI uri, Map<String, String> headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(timeout);
    headers.forEach(request::header);
    return request;
  }

  private Answer send(HttpRequest request) {
    try {
      HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
      return new Answer(response.statusCode(), json(response));
    } catch (IOException e) {
      throw KmsUnavailableException.passing(
          "kms '" + name + "': " + request.uri().getHost() + " cannot be reached", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw KmsUnavailableException.passing("kms '" + name + "': interrupted", e);
    }
  }

  private static Json json(HttpResponse<byte[]> response) throws IOException {
    byte[] body = response.body();
    if (body.length > MOST_BYTES) {
      throw new IOException("the answer is too long");
    }
    try {
      return Json.parse(body);
    } catch (IOException e) {
      if (response.statusCode() == 200) {
        throw e;
      }
      return Json.parse("{}".getBytes(StandardCharsets.US_ASCII));
    }
  }
}
