package dev.phial.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.phial.gateway.policy.HttpRoute.Segment;
import dev.phial.gateway.transform.SharedData;
import dev.phial.gateway.transform.TestPolicies;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Byte strings that split real servers: at the upstream arrives at most the one request that was accepted. */
class SmugglingTest {
  private static String unescape(String escaped) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < escaped.length(); i++) {
      char c = escaped.charAt(i);
      if (c != '\\') {
        text.append(c);
        continue;
      }
      char kind = escaped.charAt(++i);
      switch (kind) {
        case 'r' -> text.append('\r');
        case 'n' -> text.append('\n');
        case 't' -> text.append('\t');
        case '0' -> text.append('\0');
        case 'x' -> {
          text.append((char) Integer.parseInt(escaped, i + 1, i + 3, 16));
          i += 2;
        }
        default -> text.append(kind);
      }
    }
    return text.toString();
  }

  private static List<String> payloads() throws IOException {
    JsonNode file = new ObjectMapper()
        .readTree(SharedData.folder("http-smuggling").resolve("payloads.json").toFile());
    List<String> payloads = new ArrayList<>();
    file.get("payloads")
        .forEach(node -> payloads.add(unescape(node.get("payload").asText())));
    return payloads;
  }

  private static ProxyFixture open() throws IOException {
    return new ProxyFixture(
        TestPolicies.policy(TestPolicies.route("/**", List.of(new Segment.Rest()))),
        new java.net.InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), 0),
        ProxyFixture.QUICK);
  }

  @Test
  void nothingIsSmuggledWithOrWithoutCredentials() throws IOException {
    try (ProxyFixture proxy = open()) {
      for (String payload : payloads()) {
        String known = payload.replaceFirst("\r\n", "\r\nAuthorization: Bearer clinician\r\n");
        for (String sent : List.of(payload, known)) {
          int before = proxy.upstream().requests().size();
          String answer = proxy.raw(sent);
          List<String> arrived = proxy
              .upstream()
              .requests()
              .subList(before, proxy.upstream().requests().size());
          assertThat(arrived).as(sent).hasSizeLessThanOrEqualTo(1).allMatch(SmugglingTest::isOurs);
          assertThat(arrived.isEmpty() || answer.startsWith("HTTP/1.1 200"))
              .as(sent)
              .isTrue();
        }
      }
    }
  }

  /** Made by the proxy: its own Host and no body that the payload chose. */
  private static boolean isOurs(String request) {
    return request.contains("\r\nHost: ehr.test:80\r\n")
        && request.endsWith("\r\n\r\n")
        && !request.contains("evil");
  }
}
