package dev.phial.gateway.logs.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.phial.gateway.logs.SsnMasker;
import dev.phial.gateway.logs.TestPipe;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class BulkTest {
  private static final String SSN = "078-05-1120";
  private static final String TYPE = "application/x-ndjson";

  @TempDir
  Path directory = Path.of("");

  private final WebServer elastic = new WebServer();

  BulkTest() throws IOException {}

  @AfterEach
  void stop() {
    elastic.close();
  }

  private TestPipe pipe() throws Exception {
    return WebPipes.open(
        WebReceivers.Spoken.ELASTICSEARCH,
        directory,
        new SsnMasker(),
        Tokens.none(),
        elastic.port(),
        ReplyReader.bulk());
  }

  @Test
  void masks_documents_and_ids_and_answers_for_each() throws Exception {
    String body =
        "{\"create\":{ \"_index\":\"logs\" }}\n{\"message\" : \"" + SSN + "\",\"n\":1.0}\r\n"
            + "\n{\"index\":{\"_id\":\"" + SSN + "\"}}\n{\"a\":{\"patient\":\"" + SSN + "\"}}\n";
    try (TestPipe pipe = pipe()) {
      HttpResponse<String> answer = WebPipes.post(pipe, "/app/_bulk?refresh=true", TYPE, body);
      assertThat(answer.statusCode()).isEqualTo(200);
      JsonNode told = new ObjectMapper().readTree(answer.body());
      assertThat(told.at("/errors").booleanValue()).isFalse();
      assertThat(told.at("/items/0/create/status").intValue()).isEqualTo(201);
      assertThat(told.at("/items/0/create/_index").textValue()).isEqualTo("logs");
      assertThat(told.at("/items/1/index/_index").textValue()).isEqualTo("app");
      assertThat(told.at("/items")).hasSize(2);
      assertThat(elastic.await(1).path()).isEqualTo("/app/_bulk?refresh=true");
      assertThat(elastic.await(1).body()).isEqualTo(body.replace(SSN, "*SSN*"));
    }
  }

  @Test
  void leaves_out_what_the_policy_drops_with_its_action() throws Exception {
    try (TestPipe pipe = pipe()) {
      WebPipes.post(
          pipe,
          "/_bulk",
          TYPE,
          "{\"index\":{\"_index\":\"a\"}}\n{\"m\":\"drop-me\"}\n{\"index\":{\"_index\":\"b\"}}\n{\"m\":\"stays\"}\n");
      assertThat(elastic.await(1).body())
          .isEqualTo("{\"index\":{\"_index\":\"b\"}}\n{\"m\":\"stays\"}\n");
    }
  }

  @Test
  void sends_again_what_was_refused_for_the_moment_and_only_that() throws Exception {
    elastic.willAnswer(
        200,
        "{\"took\":1,\"errors\":true,\"items\":[{\"index\":{\"_index\":\"a\",\"status\":201}},"
            + "{\"index\":{\"status\":429,\"error\":{\"type\":\"x\",\"status\":7}}},"
            + "{\"index\":{\"status\":400,\"error\":{\"type\":\"mapper_parsing_exception\"}}}]}");
    String action = "{\"index\":{\"_index\":\"a\"}}\n";
    try (TestPipe pipe = pipe()) {
      WebPipes.post(
          pipe,
          "/_bulk",
          TYPE,
          action + "{\"n\":1}\n" + action + "{\"n\":2}\n" + action + "{\"n\":3}\n");
      assertThat(elastic.await(2).body()).isEqualTo(action + "{\"n\":2}\n");
      pipe.observer.await("lost REJECTED", 1);
      assertThat(pipe.observer.count("lost REJECTED")).isEqualTo(1);
      pipe.observer.await("forwarded", 2);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"delete\":{\"_id\":\"1\"}}\n",
        "{\"update\":{\"_id\":\"1\"}}\n{\"doc\":{}}\n",
        "{\"index\":{}}\n",
        "{\"index\":{}}\n{\"a\":1}",
        "{\"index\":{}}\n[1]\n",
        "{\"index\":{}}\n{\"a\":1}x\n",
        "{\"index\":{}, \"create\":{}}\n{\"a\":1}\n",
        "{\"index\":{\"_id\":\"a\"}} {}\n{\"a\":1}\n",
        "\n",
        "078-05-1120\n"
      })
  void refuses_what_is_not_documents(String body) throws Exception {
    try (TestPipe pipe = pipe()) {
      HttpResponse<String> answer = WebPipes.post(pipe, "/_bulk", TYPE, body);
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).contains("\"reason\"").doesNotContain(SSN);
      assertThat(pipe.buffer().bytes()).isZero();
    }
  }

  @Test
  void introduces_itself_as_clients_ask_for_it() throws Exception {
    try (TestPipe pipe = pipe()) {
      HttpResponse<String> answer = WebPipes.send(WebPipes.to(pipe, "/").GET());
      assertThat(answer.headers().firstValue("X-Elastic-Product")).contains("Elasticsearch");
      assertThat(
              new ObjectMapper().readTree(answer.body()).at("/version/number").textValue())
          .startsWith("8.");
      assertThat(WebPipes.send(WebPipes.to(pipe, "/_search").GET()).statusCode())
          .isEqualTo(405);
      assertThat(WebPipes.post(pipe, "/_bulk?q=" + SSN, TYPE, "{\"index\":{}}\n{}\n")
              .statusCode())
          .isEqualTo(400);
    }
  }
}
