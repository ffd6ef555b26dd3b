package dev.phial.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phial.masking.stream.EventFramer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Threat T30: however a stream arrives, what leaves is the same. */
class StreamTest {
  private static final List<String> LINES = List.of(
      "2026-11-04T16:14:29.372Z WARN failed for ssn 536-27-8841 and tel = (394) 963-6770",
      "{\"ts\":\"2026-11-04T16:14:29.372Z\",\"mrn\":4471920,\"p\":\"{\\\"ssn\\\":\\\"536-27-8841\\\"}\"}\r",
      "{",
      "  \"patient\": {",
      "    \"name\": \"Ann Lee\", \"braces\": \"}{\"",
      "  }",
      "}",
      "[12/Oct/2026:10:00:00 +0000] GET /x?email=a%40example.org 200",
      "java.lang.IllegalStateException: no patient name: Ann Lee",
      "\tat org.example.Handler.run(Handler.java:976)",
      "{ not json at all ssn=536-27-8841",
      "ssn \uff15\uff13\uff16-27-8841 end without a line end");
  private static final byte[] SAMPLE = String.join("\n", LINES).getBytes(StandardCharsets.UTF_8);

  private static byte[] through(int[] cuts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    EventFramer framer = new EventFramer(1 << 20, 1 << 16);
    EventFramer.Sink sink = (content, end) -> {
      out.writeBytes(Lines.mask(content));
      out.writeBytes(end);
    };
    int from = 0;
    for (int cut : cuts) {
      framer.push(SAMPLE, from, cut, sink);
      from = cut;
    }
    framer.push(SAMPLE, from, SAMPLE.length, sink);
    framer.flush(sink);
    return out.toByteArray();
  }

  @Test
  void everySplitInTwo() {
    byte[] whole = through(new int[0]);
    assertThat(new String(whole, StandardCharsets.UTF_8))
        .doesNotContain("8841", "Ann Lee", "963-6770", "4471920", "example.org\"");
    for (int cut = 0; cut <= SAMPLE.length; cut++) {
      assertThat(through(new int[] {cut})).isEqualTo(whole);
    }
  }

  @Test
  void randomSplits() {
    byte[] whole = through(new int[0]);
    Random random = new Random(20261127);
    for (int round = 0; round < 300; round++) {
      int[] cuts = random.ints(random.nextInt(12), 0, SAMPLE.length).sorted().toArray();
      assertThat(through(cuts)).isEqualTo(whole);
    }
  }

  @Test
  void byteByByte() {
    assertThat(through(java.util.stream.IntStream.range(0, SAMPLE.length).toArray()))
        .isEqualTo(through(new int[0]));
  }

  @Test
  void whatIsNotFoundStaysByteForByte() {
    byte[] plain = "a\r\nb\n\n{\n x\n\tc\u0001\u00ff".getBytes(StandardCharsets.ISO_8859_1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    EventFramer framer = new EventFramer(1 << 20, 1 << 16);
    EventFramer.Sink sink = (content, end) -> {
      out.writeBytes(Lines.mask(content));
      out.writeBytes(end);
    };
    framer.push(plain, 0, plain.length, sink);
    framer.flush(sink);
    assertThat(out.toByteArray()).isEqualTo(plain);
  }

  @Test
  void aLineTooLongDoesNotPassInParts() {
    EventFramer framer = new EventFramer(16, 16);
    assertThatThrownBy(() -> framer.push(new byte[17], 0, 17, (content, end) -> {
          throw new AssertionError("nothing may pass");
        }))
        .isInstanceOf(EventFramer.TooLongException.class);
  }
}
