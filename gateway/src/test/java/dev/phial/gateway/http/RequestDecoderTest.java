package dev.phial.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestDecoderTest {
  private static List<String> read(String bytes, int chunk) {
    EmbeddedChannel channel = new EmbeddedChannel(new RequestDecoder());
    byte[] all = bytes.getBytes(StandardCharsets.ISO_8859_1);
    StringBuilder body = new StringBuilder();
    List<String> seen = new ArrayList<>();
    for (int from = 0; from < all.length; from += chunk) {
      channel.writeInbound(Unpooled.copiedBuffer(all, from, Math.min(chunk, all.length - from)));
      for (Object message = channel.readInbound();
          message != null;
          message = channel.readInbound()) {
        if (message instanceof ByteBuf piece) {
          body.append(piece.toString(StandardCharsets.ISO_8859_1));
          piece.release();
        } else if (message instanceof BadFraming bad) {
          seen.add("bad: " + bad.defect().getMessage());
        } else {
          seen.add(message instanceof BodyEnd ? "body " + body : message.toString());
        }
      }
    }
    channel.finishAndReleaseAll();
    return seen;
  }

  private static String request(String line, String... fields) {
    return line + "\r\n" + String.join("\r\n", fields) + (fields.length == 0 ? "" : "\r\n")
        + "\r\n";
  }

  @Test
  void readsTheSameHoweverTheBytesAreSplit() {
    String chunked = request("POST /a HTTP/1.1", "Host: a", "Transfer-Encoding: chunked")
        + "5\r\nhello\r\n1\r\n!\r\n0\r\n\r\n";
    String fixed = request("PUT /a HTTP/1.1", "Host: [::1]:80", "Content-Length: 3") + "abc";
    for (int chunk = 1; chunk <= chunked.length(); chunk++) {
      assertThat(read(chunked, chunk)).containsExactly("RequestHead[POST]", "body hello!");
      assertThat(read(fixed, chunk)).containsExactly("RequestHead[PUT]", "body abc");
    }
  }

  @Test
  void readsNothingOfAPipelinedRequestBeforeItsTurn() {
    RequestDecoder decoder = new RequestDecoder();
    EmbeddedChannel channel = new EmbeddedChannel(decoder);
    String one = request("GET /a HTTP/1.1", "Host: a");
    channel.writeInbound(Unpooled.copiedBuffer(one + one, StandardCharsets.US_ASCII));
    assertThat(channel.inboundMessages()).hasSize(2);
    decoder.next(channel.pipeline().context(decoder));
    assertThat(channel.inboundMessages()).hasSize(4);
    channel.finishAndReleaseAll();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "GET / HTTP/1.1^Host: a^Transfer-Encoding: chunked^^0^^|9.3",
        "POST / HTTP/1.1^Host: a^Transfer-Encoding: chunked^Transfer-Encoding: chunked^^|6.1",
        "POST / HTTP/1.1^Host: a^Transfer-Encoding: gzip, chunked^^|6.1",
        "POST / HTTP/1.1^Host: a^Transfer-Encoding: ,chunked^^|6.1",
        "POST / HTTP/1.1^Host: a^Transfer-Encoding: identity^^|6.1",
        "POST / HTTP/1.1^Host: a^Transfer-Encoding: chunked^Content-Length: 1^^|6.1",
        "POST / HTTP/1.1^Host: a^Content-Length: 1^Content-Length: 1^^|6.3",
        "POST / HTTP/1.1^Host: a^Content-Length: 1, 1^^|8.6",
        "POST / HTTP/1.1^Host: a^Content-Length: 010^^|8.6",
        "POST / HTTP/1.1^Host: a^Content-Length: +1^^|8.6",
        "POST / HTTP/1.1^Host: a^Content-Length: -1^^|8.6",
        "POST / HTTP/1.1^Host: a^Content-Length: 0x1^^|8.6",
        "POST / HTTP/1.1^Host: a^Content-Length: ^^|8.6",
        "POST / HTTP/1.1^Host: a^Content-Length: 9999999999999999999^^|8.6",
        "POST / HTTP/1.1^Host: a^Transfer-Encoding: chunked^^ 1^a^0^^|7.1",
        "POST / HTTP/1.1^Host: a^Transfer-Encoding: chunked^^1;x=y^a^0^^|7.1.1",
        "POST / HTTP/1.1^Host: a^Transfer-Encoding: chunked^^1~a^0^^|7.1",
        "POST / HTTP/1.1^Host: a^Transfer-Encoding: chunked^^^a^0^^|7.1",
        "POST / HTTP/1.1^Host: a^Transfer-Encoding: chunked^^1^ab^0^^|7.1",
        "POST / HTTP/1.1^Host: a^Transfer-Encoding: chunked^^123456789^a|7.1",
        "POST / HTTP/1.1^Host: a^Transfer-Encoding: chunked^^0^X: y^^|7.1.2",
        "GET / HTTP/1.1^Host: a^X: y^ folded^^|5.2",
        "GET / HTTP/1.1^Host : a^^|5.1",
        "GET / HTTP/1.1^Host: a^: x^^|5.1",
        "GET / HTTP/1.1^Host: a^nocolon^^|section 5",
        "GET / HTTP/1.1~Host: a^^|2.2",
        "GET / HTTP/1.1{CR}Host: a^^|2.2",
        "^GET / HTTP/1.1^Host: a^^|2.2",
        "GET / HTTP/1.1^Host: a^X: \u00a0y^^|5.5",
        "GET / HTTP/1.1^Host: a^X: \u0000y^^|5.5",
        "GET / HTTP/1.1^^|3.2",
        "GET / HTTP/1.1^Host: a^Host: a^^|3.2",
        "GET / HTTP/1.1^Host: u@a^^|7.2",
        "GET / HTTP/1.1^Host: a b^^|7.2",
        "GET / HTTP/1.1^Host: ^^|7.2",
        "GET http://a/ HTTP/1.1^Host: a^^|3.2",
        "CONNECT a:80 HTTP/1.1^Host: a^^|3.2.3",
        "GET / HTTP/1.0^Host: a^^|not HTTP/1.1",
        "GET / HTTP/2.0^Host: a^^|not HTTP/1.1",
        "GET / HTTP/1.32^Host: a^^|2.3",
        "GET / http/1.1^Host: a^^|2.3",
        "GET  / HTTP/1.1^Host: a^^|section 3",
        "GET /^Host: a^^|section 3",
        "G(T / HTTP/1.1^Host: a^^|9.1",
        "GET / HTTP/1.1^Host: a^Upgrade: websocket^^|7.8",
        "GET / HTTP/1.1^Host: a^Connection: keep-alive, x-auth^^|7.6.1",
        "GET / HTTP/1.1^Host: a^Authorization: a^Authorization: b^^|5.3",
        "GET / HTTP/1.1^Host: a^Expect: x^^|100-continue"
      })
  void namesTheRuleThatAMalformedRequestBreaks(String bytes, String rule) {
    String raw = bytes.replace("^", "\r\n").replace("~", "\n").replace("{CR}", "\r");
    for (int chunk : new int[] {1, 7, 10_000}) {
      List<String> seen = read(raw, chunk);
      assertThat(seen).as(bytes).last().asString().startsWith("bad: ").contains(rule);
      assertThat(seen.stream().filter(one -> one.startsWith("body"))).isEmpty();
    }
  }

  @Test
  void headsHaveABound() {
    assertThat(read(request("GET / HTTP/1.1", "Host: a", "X: " + "x".repeat(40_000)), 1_000))
        .last()
        .asString()
        .contains("bytes");
    String[] many = new String[120];
    java.util.Arrays.fill(many, "X: y");
    assertThat(read(request("GET / HTTP/1.1", many), 1_000)).last().asString().contains("fields");
  }
}
