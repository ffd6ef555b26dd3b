package dev.phial.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FramedBodyTest {
  private final StringBuilder wire = new StringBuilder();
  private final FramedBody body = new FramedBody(FramedBodyTest::head, this::take);

  private static byte[] head(BodyLength length) {
    return ("<" + length + ">").getBytes(StandardCharsets.US_ASCII);
  }

  private void take(ByteBuf bytes) {
    wire.append(bytes.toString(StandardCharsets.US_ASCII));
    bytes.release();
  }

  private static ByteBuf piece(String text) {
    return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
  }

  @Test
  void onePieceHasALengthAndIsHeldUntilTheEnd() {
    body.add(piece("abc"));
    assertThat(body.started()).isFalse();
    body.end();
    assertThat(wire.toString()).isEqualTo("<Fixed[bytes=3]>abc");
  }

  @Test
  void severalPiecesAreChunks() {
    body.add(piece("abc"));
    body.add(piece(""));
    body.add(piece("defghijklmnopqrst"));
    body.end();
    assertThat(wire.toString())
        .isEqualTo("<Chunked[]>3\r\nabc\r\n11\r\ndefghijklmnopqrst\r\n0\r\n\r\n");
  }

  @Test
  void noPieceIsNoBody() {
    body.end();
    assertThat(wire.toString()).isEqualTo("<None[]>");
  }
}
