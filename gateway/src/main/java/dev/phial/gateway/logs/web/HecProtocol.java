package dev.phial.gateway.logs.web;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.phial.gateway.logs.intake.Intake;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Splunk's HTTP Event Collector: {@code event}, {@code raw}, {@code health} and {@code ack}. A request that was answered is in
 * the buffer, so every acknowledgement that was given out is true at once; of those of an earlier process nothing is known, and
 * their senders send again, as the protocol has it.
 */
final class HecProtocol implements WebProtocol {
  private static final String ROOT = "/services/collector";
  private static final Set<String> PARAMETERS =
      Set.of("channel", "host", "source", "sourcetype", "index", "time", "auto_extract_timestamp");
  private static final String CHANNEL = "X-Splunk-Request-Channel";

  private final Intake intake;
  private final AtomicLong acknowledgements = new AtomicLong();

  HecProtocol(Intake intake) {
    this.intake = intake;
  }

  @Override
  public CompletionStage<WebAnswer> answer(WebRequest request) {
    String path = request.path();
    if (path.equals(ROOT + "/health") || path.equals(ROOT + "/health/1.0")) {
      return CompletableFuture.completedStage(
          WebAnswer.json(200, "{\"text\":\"HEC is healthy\",\"code\":17}"));
    }
    if (!request.method().equals("POST")) {
      throw new WebRefusal(405, "method", "events are sent with POST");
    }
    return switch (path) {
      case ROOT, ROOT + "/event", ROOT + "/event/1.0" -> take(request, events(request.body()));
      case ROOT + "/raw", ROOT + "/raw/1.0" -> take(request, raw(request.body()));
      case ROOT + "/ack" -> CompletableFuture.completedStage(acks(request.body()));
      default -> throw new WebRefusal(404, "path", "there is no such path");
    };
  }

  private CompletionStage<WebAnswer> take(WebRequest request, SlottedBody body) {
    if (body.size() == 0) {
      throw new WebRefusal(400, "no-data", "No data");
    }
    String channel = channel(request);
    WebBatch batch = new WebBatch(
        request.path(),
        new Query(request.query(), PARAMETERS),
        request.path().contains("/raw") ? "text/plain" : "application/json",
        channel.isEmpty() ? Map.of() : Map.of(CHANNEL, channel),
        body);
    return intake.take(batch).thenApply(taken -> success(!channel.isEmpty()));
  }

  /** A channel is a GUID that the sender made up. */
  private static String channel(WebRequest request) {
    String channel = request.header(CHANNEL);
    if (!channel.isEmpty()
        && !channel.matches("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")) {
      throw new WebRefusal(400, "channel", "Invalid data channel");
    }
    return channel;
  }

  private WebAnswer success(boolean acknowledged) {
    return WebAnswer.json(
        200,
        acknowledged
            ? "{\"text\":\"Success\",\"code\":0,\"ackId\":" + acknowledgements.getAndIncrement()
                + "}"
            : "{\"text\":\"Success\",\"code\":0}");
  }

  private static SlottedBody raw(byte[] body) {
    SlottedBody slotted = new SlottedBody(body);
    if (body.length > 0) {
      slotted.plain("", 0, body.length);
      slotted.endEvent(body.length);
    }
    return slotted;
  }

  /** Objects one after the other. */
  private static SlottedBody events(byte[] body) {
    SlottedBody slotted = new SlottedBody(body);
    try (JsonParser parser = Json.parser(body)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token != JsonToken.START_OBJECT) {
          throw invalid();
        }
        event(parser, slotted);
        slotted.endEvent((int) parser.currentLocation().getByteOffset());
      }
    } catch (IOException e) {
      throw invalid();
    }
    return slotted;
  }

  private static void event(JsonParser parser, SlottedBody slotted) throws IOException {
    boolean there = false;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      there |= name.equals("event") && value != JsonToken.VALUE_NULL;
      if (name.equals("time") && value != JsonToken.START_OBJECT && time(parser.getText())) {
        continue; // when it happened, in seconds since 1970
      }
      slotted.json(name, parser);
    }
    if (!there) {
      throw new WebRefusal(400, "no-event", "Event field is required");
    }
  }

  private static boolean time(String text) {
    return text.matches("[0-9]{1,11}(\\.[0-9]{1,9})?");
  }

  private static WebRefusal invalid() {
    return WebRefusal.malformed("Invalid data format");
  }

  private WebAnswer acks(byte[] body) {
    StringBuilder acks = new StringBuilder();
    try (JsonParser parser = Json.parser(body)) {
      while (parser.nextToken() != null) {
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
          long id = parser.getLongValue();
          acks.append(acks.isEmpty() ? "" : ",")
              .append('"')
              .append(id)
              .append("\":")
              .append(id >= 0 && id < acknowledgements.get());
        }
      }
    } catch (IOException e) {
      throw invalid();
    }
    return WebAnswer.json(200, "{\"acks\":{" + acks + "}}");
  }

  @Override
  public WebAnswer refusal(WebRefusal refusal) {
    int code = switch (refusal.code()) {
      case "token" -> refusal.status() == 401 ? 2 : 4;
      case "no-data" -> 5;
      case "malformed" -> 6;
      case "full", "busy", "masking", "disk" -> 9;
      case "channel" -> 11;
      case "no-event" -> 12;
      case "path" -> 404;
      default -> 8;
    };
    // Splunk's own senders try again on 503 and give up on 429.
    int status = refusal.status() == 429 ? 503 : refusal.status();
    return WebAnswer.json(status, "{\"text\":\"" + refusal.text() + "\",\"code\":" + code + "}");
  }
}
