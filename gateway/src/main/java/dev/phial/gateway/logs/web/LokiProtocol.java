package dev.phial.gateway.logs.web;

import dev.phial.gateway.logs.intake.Intake;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.compression.Snappy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Loki's push: JSON, and Protocol Buffers in Snappy's block format. */
final class LokiProtocol implements WebProtocol, SnappyBodies {
  private static final String TENANT = "X-Scope-OrgID";
  private static final int MOST_LENGTH_BYTES = 5;

  private final Intake intake;
  private final int maxExpanded;

  LokiProtocol(Intake intake, int maxExpanded) {
    this.intake = intake;
    this.maxExpanded = maxExpanded;
  }

  @Override
  public CompletionStage<WebAnswer> answer(WebRequest request) {
    if (request.path().equals("/ready") && request.method().equals("GET")) {
      return CompletableFuture.completedStage(
          new WebAnswer(200, "text/plain", "ready\n".getBytes(StandardCharsets.US_ASCII)));
    }
    if (!request.path().equals(LokiPush.PATH)) {
      throw new WebRefusal(404, "path", "there is no such path");
    }
    if (!request.method().equals("POST")) {
      throw new WebRefusal(405, "method", "logs are pushed with POST");
    }
    LokiPush push = new LokiPush(streams(request), tenant(request));
    return push.size() == 0
        ? CompletableFuture.completedStage(WebAnswer.empty(204))
        : intake.take(push).thenApply(taken -> WebAnswer.empty(204));
  }

  private List<LokiPush.Stream> streams(WebRequest request) {
    return switch (request.type()) {
      case "application/json" -> LokiJson.read(request.body());
      case "application/x-protobuf" -> LokiProtobuf.read(unsnapped(request.body()));
      default ->
        throw new WebRefusal(
            415, "type", "Content-Type must be application/json or application/x-protobuf");
    };
  }

  private static Map<String, String> tenant(WebRequest request) {
    String tenant = request.header(TENANT);
    if (!tenant.matches("[A-Za-z0-9!._*'()|-]{0,150}")) {
      throw WebRefusal.malformed("X-Scope-OrgID is not a tenant's name");
    }
    return tenant.isEmpty() ? Map.of() : Map.of(TENANT, tenant);
  }

  /** The length is in front, so that a bomb is refused before it is read. */
  private byte[] unsnapped(byte[] body) {
    long length = 0;
    int at = 0;
    while (at < body.length && at < MOST_LENGTH_BYTES) {
      length |= (long) (body[at] & 0x7f) << (7 * at);
      if (body[at++] >= 0) {
        break;
      }
    }
    if (length > maxExpanded) {
      throw new WebRefusal(413, "too-large", "the body is too large when it is decompressed");
    }
    ByteBuf out = Unpooled.buffer((int) length, maxExpanded);
    try {
      new Snappy().decode(Unpooled.wrappedBuffer(body), out);
    } catch (DecoderException | IndexOutOfBoundsException e) {
      throw WebRefusal.malformed("the body is not in Snappy's block format");
    }
    if (out.readableBytes() != length) {
      throw WebRefusal.malformed("the body is not in Snappy's block format");
    }
    byte[] plain = new byte[(int) length];
    out.readBytes(plain);
    return plain;
  }

  @Override
  public WebAnswer refusal(WebRefusal refusal) {
    return new WebAnswer(
        refusal.status(), "text/plain", (refusal.text() + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
