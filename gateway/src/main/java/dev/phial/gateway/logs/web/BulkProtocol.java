package dev.phial.gateway.logs.web;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.phial.gateway.logs.intake.Intake;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Elasticsearch's and OpenSearch's {@code _bulk}, with {@code index} and {@code create}: what log senders use. The answer says
 * {@code 201} for each document that is in the buffer.
 */
final class BulkProtocol implements WebProtocol {
  private static final Set<String> PARAMETERS = Set.of(
      "refresh", "timeout", "pipeline", "filter_path", "wait_for_active_shards", "require_alias");
  private static final String TYPE = "application/x-ndjson";
  private static final String INDEX = "[a-z0-9<{][a-z0-9._{}<>/+-]{0,254}";

  private final Intake intake;

  BulkProtocol(Intake intake) {
    this.intake = intake;
  }

  /** One document: what is done with it, and the index that its sender named. */
  private record Item(String action, String index) {}

  @Override
  public CompletionStage<WebAnswer> answer(WebRequest request) {
    String path = request.path();
    if (path.equals("/") && request.method().matches("GET|HEAD")) {
      return CompletableFuture.completedStage(
          WebAnswer.json(
              200,
              "{\"name\":\"phial\",\"cluster_name\":\"phial\",\"version\":{\"number\":\"8.17.0\",\"build_flavor\":\"default\"},\"tagline\":\"You Know, for Search\"}"));
    }
    if (!request.method().matches("POST|PUT")) {
      throw new WebRefusal(405, "method", "documents are sent with POST");
    }
    if (!path.equals("/_bulk") && !path.matches("/[a-z0-9][a-z0-9._-]{0,254}/_bulk")) {
      throw new WebRefusal(404, "path", "there is no such path");
    }
    List<Item> items = new ArrayList<>();
    SlottedBody body = documents(request.body(), items);
    if (items.isEmpty()) {
      throw WebRefusal.malformed("the body holds no documents");
    }
    WebBatch batch =
        new WebBatch(path, new Query(request.query(), PARAMETERS), TYPE, Map.of(), body);
    return intake.take(batch).thenApply(taken -> taken(path, items));
  }

  private static SlottedBody documents(byte[] body, List<Item> items) {
    Json.requireUtf8(body);
    SlottedBody slotted = new SlottedBody(body);
    Optional<Item> item = Optional.empty();
    int start = 0;
    for (int at = 0; at <= body.length; at++) {
      if (at == body.length || body[at] == '\n') {
        boolean blank = blank(body, start, at);
        if (item.isPresent()) {
          document(body, start, at, slotted);
          slotted.endEvent(Math.min(at + 1, body.length));
          items.add(item.get());
          item = Optional.empty();
        } else if (!blank) {
          item = Optional.of(action(body, start, at, slotted));
        }
        start = at + 1;
      }
    }
    if (item.isPresent() || (body.length > 0 && body[body.length - 1] != '\n')) {
      throw WebRefusal.malformed("the body must hold whole documents and end with a line end");
    }
    return slotted;
  }

  private static boolean blank(byte[] body, int start, int end) {
    for (int i = start; i < end; i++) {
      if (body[i] != ' ' && body[i] != '\r' && body[i] != '\t') {
        return false;
      }
    }
    return true;
  }

  private static Item action(byte[] body, int start, int end, SlottedBody slotted) {
    try (JsonParser parser = Json.parser(body, start, end)) {
      if (parser.nextToken() != JsonToken.START_OBJECT
          || parser.nextToken() != JsonToken.FIELD_NAME) {
        throw malformed();
      }
      String action = parser.currentName();
      if (!action.equals("index") && !action.equals("create")) {
        throw WebRefusal.malformed("documents are sent with index or create");
      }
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw malformed();
      }
      String index = "";
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        if (name.equals("_index")) {
          index = parser.getText();
        }
        slotted.json(name, parser, start);
      }
      if (parser.nextToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
        throw malformed();
      }
      return new Item(action, index.matches(INDEX) ? index : "");
    } catch (IOException e) {
      throw malformed();
    }
  }

  private static void document(byte[] body, int start, int end, SlottedBody slotted) {
    try (JsonParser parser = Json.parser(body, start, end)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw malformed();
      }
      slotted.json("", parser, start);
      if (parser.nextToken() != null) {
        throw malformed();
      }
    } catch (IOException e) {
      throw malformed();
    }
  }

  private static WebRefusal malformed() {
    return WebRefusal.malformed("the body is not lines of actions and documents");
  }

  private static WebAnswer taken(String path, List<Item> items) {
    String index = path.equals("/_bulk") ? "" : path.substring(1, path.indexOf('/', 1));
    StringBuilder answer = new StringBuilder("{\"took\":0,\"errors\":false,\"items\":[");
    for (int i = 0; i < items.size(); i++) {
      Item item = items.get(i);
      answer
          .append(i == 0 ? "{\"" : ",{\"")
          .append(item.action())
          .append("\":{\"_index\":")
          .append(new String(
              Json.quoted(item.index().isEmpty() ? index : item.index()), StandardCharsets.UTF_8))
          .append(",\"result\":\"created\",\"status\":201}}");
    }
    return WebAnswer.json(200, answer.append("]}").toString());
  }

  /** Clients look for it, and refuse to speak without. */
  @Override
  public Map<String, String> headers(WebAnswer answer) {
    return Map.of("X-Elastic-Product", "Elasticsearch");
  }

  @Override
  public WebAnswer refusal(WebRefusal refusal) {
    return WebAnswer.json(
        refusal.status(),
        "{\"error\":{\"type\":\"" + refusal.code() + "\",\"reason\":\"" + refusal.text()
            + "\"},\"status\":" + refusal.status() + "}");
  }
}
