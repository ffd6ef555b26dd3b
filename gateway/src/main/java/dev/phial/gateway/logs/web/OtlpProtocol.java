package dev.phial.gateway.logs.web;

import com.fasterxml.jackson.core.JsonParser;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.phial.gateway.logs.intake.Intake;
import dev.phial.gateway.logs.otlp.OtlpBatch;
import dev.phial.gateway.logs.otlp.OtlpJson;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** OTLP over HTTP, in Protocol Buffers and in JSON. It goes on in Protocol Buffers, which every server takes. */
final class OtlpProtocol implements WebProtocol {
  private static final String PATH = "/v1/logs";
  private static final String PROTOBUF = "application/x-protobuf";
  private static final String JSON = "application/json";

  private final Intake intake;

  OtlpProtocol(Intake intake) {
    this.intake = intake;
  }

  @Override
  public CompletionStage<WebAnswer> answer(WebRequest request) {
    if (!request.path().equals(PATH)) {
      throw new WebRefusal(404, "path", "there is no such path");
    }
    if (!request.method().equals("POST")) {
      throw new WebRefusal(405, "method", "logs are sent with POST");
    }
    OtlpBatch batch = batch(request);
    CompletionStage<Void> taken =
        batch.size() == 0 ? CompletableFuture.completedStage(null) : intake.take(batch);
    return taken.thenApply(done -> request.type().equals(JSON)
        ? WebAnswer.json(200, "{}")
        : new WebAnswer(200, PROTOBUF, new byte[0]));
  }

  private static OtlpBatch batch(WebRequest request) {
    try {
      return OtlpBatch.parse(
          protobuf(request), Map.of(WebBatch.PATH, PATH, WebBatch.TYPE, PROTOBUF));
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      throw WebRefusal.malformed("the body is not OTLP, or an identifier has a wrong length");
    }
  }

  private static byte[] protobuf(WebRequest request) {
    return switch (request.type()) {
      case PROTOBUF -> request.body();
      case JSON -> json(request.body());
      default ->
        throw new WebRefusal(
            415, "type", "Content-Type must be application/x-protobuf or application/json");
    };
  }

  private static byte[] json(byte[] body) {
    try (JsonParser parser = Json.parser(body)) {
      return OtlpJson.read(parser);
    } catch (IOException e) {
      throw WebRefusal.malformed("the body is not OTLP's JSON");
    }
  }

  /** As google.rpc.Status; clients go by the status of HTTP. */
  @Override
  public WebAnswer refusal(WebRefusal refusal) {
    int code = switch (refusal.status()) {
      case 401 -> 16;
      case 403 -> 7;
      case 404 -> 5;
      case 429, 503 -> 14;
      case 500 -> 13;
      default -> 3;
    };
    return WebAnswer.json(
        refusal.status(), "{\"code\":" + code + ",\"message\":\"" + refusal.text() + "\"}");
  }
}
