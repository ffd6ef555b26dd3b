package dev.phial.gateway.logs.syslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SyslogFramesTest {
  private static final int MOST = 64;

  private final List<String> got = new ArrayList<>();
  private int tooLarge;

  private SyslogFrames frames() {
    got.clear();
    tooLarge = 0;
    return new SyslogFrames(MOST, new SyslogFrames.Sink() {
      @Override
      public void message(byte[] message) {
        got.add(new String(message, StandardCharsets.ISO_8859_1));
      }

      @Override
      public void tooLarge() {
        tooLarge++;
        got.add("(too large)");
      }
    });
  }

  private static ByteBuf bytes(String text) {
    return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private boolean feed(String... pieces) {
    SyslogFrames frames = frames();
    Arrays.stream(pieces).forEach(piece -> frames.feed(bytes(piece)));
    return frames.complete();
  }

  private static final String LONG = "y".repeat(MOST + 1);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<13>one\n<13>two\r\n\n12 monkeys\n",
        "7 <13>one8 <13>t\nwo4 a\r\n\n3 end",
        "7 <13>one\n7 <13>two\n",
        "<13>one\nyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\n<13>two\n",
        "1 a70 yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy1 b",
        "\u00ff\u0000\u0001 not text\nnext\n"
      })
  void every_split_of_a_stream_gives_the_same_messages(String stream) {
    assertThat(feed(stream)).isTrue();
    List<String> whole = List.copyOf(got);
    assertThat(whole).hasSizeGreaterThan(1);
    for (int i = 0; i <= stream.length(); i++) {
      for (int j = i; j <= stream.length(); j++) {
        feed(stream.substring(0, i), stream.substring(i, j), stream.substring(j));
        assertThat(got).as("split at %d and %d", i, j).isEqualTo(whole);
      }
    }
    feed(stream.split("(?<=.)(?s)"));
    assertThat(got).isEqualTo(whole);
  }

  @Test
  void a_line_that_begins_with_a_number_is_no_count() {
    assertThat(feed("<13>Traceback\n2 errors\n9999999999 more\n")).isTrue();
    assertThat(got).containsExactly("<13>Traceback", "2 errors", "9999999999 more");
  }

  @Test
  void a_counted_message_may_hold_line_ends() {
    feed("15 <13>one\nline\ntw");
    assertThat(got).containsExactly("<13>one\nline\ntw".substring(0, 15));
  }

  @Test
  void passes_over_what_is_too_long_and_finds_the_next() {
    feed("<13>a\n" + LONG + LONG + "\n<13>b\n");
    assertThat(got).containsExactly("<13>a", "(too large)", "<13>b");
    feed("1 a130 " + "z".repeat(130) + "1 b");
    assertThat(got).containsExactly("a", "(too large)", "b");
  }

  @Test
  void takes_a_message_of_exactly_the_limit() {
    feed("y".repeat(MOST) + "\n");
    assertThat(got).containsExactly("y".repeat(MOST));
    feed("64 " + "y".repeat(MOST));
    assertThat(got).containsExactly("y".repeat(MOST));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1 a<13>b", "1234567890 x", "7x", "1 a 1 b", "1 a0 "})
  void a_stream_that_loses_count_is_refused(String stream) {
    assertThatThrownBy(() -> feed(stream)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"<13>cut in two 078-05", "9 <13>cut", "12"})
  void a_stream_that_ends_within_a_message_is_not_complete(String stream) {
    assertThat(feed(stream)).isFalse();
    assertThat(got).isEmpty();
  }
}
