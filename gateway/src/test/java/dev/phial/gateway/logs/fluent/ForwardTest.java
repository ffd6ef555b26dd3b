package dev.phial.gateway.logs.fluent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phial.gateway.logs.SsnMasker;
import dev.phial.gateway.logs.TestPipe;
import dev.phial.gateway.logs.fluent.MessagePackFrames.FrameException;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.value.Value;
import org.msgpack.value.ValueFactory;

@Timeout(120)
class ForwardTest {
  private static final String SSN = "078-05-1120";

  @TempDir
  Path directory = Path.of("");

  private final ServerSocket listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
  private final BlockingQueue<Value> got = new LinkedBlockingQueue<>();
  private final BlockingQueue<Boolean> silent = new LinkedBlockingQueue<>();

  ForwardTest() throws IOException {
    Thread server = new Thread(this::accept, "fluentd");
    server.setDaemon(true);
    server.start();
  }

  @AfterEach
  void stop() throws IOException {
    listener.close();
  }

  /** An aggregator: acknowledges, unless it is told to end the connection instead. */
  private void accept() {
    while (!listener.isClosed()) {
      try (Socket socket = listener.accept();
          MessageUnpacker in = MessagePack.newDefaultUnpacker(socket.getInputStream())) {
        while (in.hasNext()) {
          Value message = in.unpackValue();
          got.add(message);
          if (silent.poll() != null) {
            break;
          }
          Value chunk = Objects.requireNonNull(
              message.asArrayValue().get(2).asMapValue().map().get(text("chunk")));
          socket.getOutputStream().write(bytes(map("ack", chunk)));
        }
      } catch (IOException e) {
        // the next one
      }
    }
  }

  private TestPipe pipe(SsnMasker masker) throws Exception {
    return new TestPipe(
        directory.resolve("buffer"),
        4 << 20,
        masker,
        parts -> new ForwardParts(
                parts.intake(), parts.observer(), 100_000, 1 << 20, Duration.ofMillis(100))
            .receiver(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                null,
                parts.loops(),
                10,
                Duration.ofMinutes(1)),
        parts -> new ForwardDestination(
            parts.dialer(listener.getLocalPort(), null), Duration.ofSeconds(20)));
  }

  private static Value text(String text) {
    return ValueFactory.newString(text);
  }

  private static Value map(String key, Value value) {
    return ValueFactory.newMap(text(key), value);
  }

  private static Value array(Value... items) {
    return ValueFactory.newArray(items);
  }

  private static byte[] bytes(Value... values) throws IOException {
    try (var packer = MessagePack.newDefaultBufferPacker()) {
      for (Value value : values) {
        packer.packValue(value);
      }
      return packer.toByteArray();
    }
  }

  private static final Value TIME = ValueFactory.newInteger(1_700_000_000L);
  private static final Value EVENT_TIME =
      ValueFactory.newExtension((byte) 0, new byte[] {1, 2, 3, 4, 5, 6, 7, 8});

  private Value next() throws InterruptedException {
    return Objects.requireNonNull(got.poll(60, TimeUnit.SECONDS), "nothing came");
  }

  private static Socket connect(TestPipe pipe) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), pipe.port());
    socket.setSoTimeout(60_000);
    return socket;
  }

  @Test
  void masks_all_modes() throws Exception {
    Value record = map("m", text("a " + SSN));
    Value masked = array(TIME, map("m", text("a *SSN*")));
    byte[] stream = bytes(array(TIME, record), array(TIME, record));
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(zipped)) {
      gzip.write(stream);
    }
    try (TestPipe pipe = pipe(new SsnMasker());
        Socket sender = connect(pipe)) {
      OutputStream out = sender.getOutputStream();
      out.write(bytes(
          array(text("t"), TIME, record),
          array(text("t"), array(array(TIME, record), array(TIME, record))),
          array(text("t"), ValueFactory.newBinary(stream), map("size", TIME)),
          array(
              text("t"),
              ValueFactory.newBinary(zipped.toByteArray()),
              map("compressed", text("gzip")))));
      assertThat(next().asArrayValue().get(1)).isEqualTo(array(masked));
      for (int i = 0; i < 3; i++) {
        Value message = next();
        assertThat(message.asArrayValue().get(0)).isEqualTo(text("t"));
        assertThat(message.asArrayValue().get(1)).isEqualTo(array(masked, masked));
      }
    }
  }

  @Test
  void masks_values_of_every_type_and_the_tag() throws Exception {
    Value record = ValueFactory.newMap(
        text("patient_name"), ValueFactory.newInteger(5),
        text("n"), ValueFactory.newInteger(7),
        text("list"), array(text(SSN), ValueFactory.newNil(), ValueFactory.newBoolean(true)),
        text("raw"), ValueFactory.newBinary(SSN.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
        text("deep"), map("patient_name", text("Ann")));
    try (TestPipe pipe = pipe(new SsnMasker());
        Socket sender = connect(pipe)) {
      sender.getOutputStream().write(bytes(array(text("app." + SSN), EVENT_TIME, record)));
      Value message = next();
      assertThat(message.toJson()).doesNotContain(SSN);
      assertThat(message.asArrayValue().get(0)).isEqualTo(text("app.*SSN*"));
      var entry = message.asArrayValue().get(1).asArrayValue().get(0).asArrayValue();
      assertThat(entry.get(0)).isEqualTo(EVENT_TIME);
      var fields = entry.get(1).asMapValue().map();
      assertThat(fields.get(text("patient_name"))).isEqualTo(text("*NAME*"));
      assertThat(fields.get(text("n"))).isEqualTo(ValueFactory.newInteger(7));
      assertThat(fields.get(text("deep"))).isEqualTo(map("patient_name", text("*NAME*")));
    }
  }

  @Test
  void acknowledges_what_is_buffered_and_nothing_else() throws Exception {
    SsnMasker masker = new SsnMasker();
    Value message =
        array(text("t"), array(array(TIME, map("m", text("x")))), map("chunk", text("c1")));
    try (TestPipe pipe = pipe(masker)) {
      try (Socket sender = connect(pipe);
          MessageUnpacker in = MessagePack.newDefaultUnpacker(sender.getInputStream())) {
        sender.getOutputStream().write(bytes(message));
        assertThat(in.unpackValue()).isEqualTo(map("ack", text("c1")));
      }
      masker.broken(true);
      try (Socket sender = connect(pipe)) {
        sender.getOutputStream().write(bytes(message));
        assertThat(sender.getInputStream().read()).isEqualTo(-1);
      }
      assertThat(pipe.observer.count("refused not-acknowledged")).isEqualTo(1);
      next();
      assertThat(got).isEmpty();
    }
  }

  @Test
  void takes_any_number_of_messages_that_hold_nothing() throws Exception {
    Value[] messages = new Value[100_000];
    Arrays.fill(messages, array(text(""), array()));
    messages[messages.length - 1] =
        array(text("t"), array(array(TIME, map("m", text("x")))), map("chunk", text("c1")));
    try (TestPipe pipe = pipe(new SsnMasker());
        Socket sender = connect(pipe);
        MessageUnpacker in = MessagePack.newDefaultUnpacker(sender.getInputStream())) {
      sender.getOutputStream().write(bytes(messages));
      assertThat(in.unpackValue()).isEqualTo(map("ack", text("c1")));
    }
  }

  @Test
  void sends_again_what_was_not_acknowledged_and_drops_what_the_policy_drops() throws Exception {
    silent.add(true);
    try (TestPipe pipe = pipe(new SsnMasker());
        Socket sender = connect(pipe)) {
      sender
          .getOutputStream()
          .write(bytes(array(
              text("t"),
              array(array(TIME, map("m", text("drop-me"))), array(TIME, map("m", text("x")))))));
      Value first = next();
      Value second = next();
      assertThat(first.asArrayValue().get(1)).isEqualTo(array(array(TIME, map("m", text("x")))));
      assertThat(second.asArrayValue().get(1)).isEqualTo(first.asArrayValue().get(1));
      assertThat(pipe.observer.count("lost POLICY")).isEqualTo(1);
    }
  }

  @Test
  void refuses_what_is_not_the_protocol() throws Exception {
    List<byte[]> broken = List.of(
        bytes(text(SSN)),
        bytes(array(text("t"))),
        bytes(array(text("t"), text(SSN), map("m", text("x")))),
        bytes(array(text("t"), ValueFactory.newInteger(Long.MAX_VALUE), map("m", text("x")))),
        bytes(array(text("t"), TIME, text(SSN))),
        bytes(array(text("t"), TIME, ValueFactory.newMap(TIME, text(SSN)))),
        new byte[] {(byte) 0xc1});
    try (TestPipe pipe = pipe(new SsnMasker())) {
      for (byte[] bytes : broken) {
        try (Socket sender = connect(pipe)) {
          sender.getOutputStream().write(bytes);
          assertThat(sender.getInputStream().read()).isEqualTo(-1);
        }
      }
      pipe.observer.await("lost MALFORMED", broken.size());
      assertThat(pipe.buffer().bytes()).isZero();
    }
  }

  /** Threat T30. */
  @Test
  void every_split_of_a_stream_gives_the_same_frames() throws Exception {
    byte[] stream = bytes(
        array(text("t"), EVENT_TIME, map("k", text("x".repeat(40)))),
        array(
            text("y".repeat(300)),
            ValueFactory.newFloat(1.5),
            ValueFactory.newInteger(-70_000),
            ValueFactory.newBinary(new byte[300]),
            array(),
            ValueFactory.emptyMap()),
        ValueFactory.newNil(),
        ValueFactory.newExtension((byte) 5, new byte[3]));
    List<byte[]> whole = frames(stream, stream.length);
    assertThat(whole).hasSize(4);
    for (int split = 1; split < stream.length; split++) {
      List<byte[]> parts = frames(stream, split);
      assertThat(parts).hasSameSizeAs(whole);
      for (int i = 0; i < parts.size(); i++) {
        assertThat(parts.get(i)).isEqualTo(whole.get(i));
      }
    }
    assertThat(frames(stream, 0)).hasSize(4);
  }

  /** In two pieces, or byte by byte. */
  private static List<byte[]> frames(byte[] stream, int split) {
    MessagePackFrames frames = new MessagePackFrames(10_000);
    List<byte[]> got = new ArrayList<>();
    int at = 0;
    while (at < stream.length) {
      int end = split == 0 ? at + 1 : at < split ? split : stream.length;
      frames.add(Unpooled.wrappedBuffer(Arrays.copyOfRange(stream, at, end)));
      at = end;
      for (Optional<byte[]> next = frames.next(); next.isPresent(); next = frames.next()) {
        got.add(next.get());
      }
    }
    assertThat(frames.complete()).isTrue();
    return got;
  }

  @Test
  void refuses_what_is_too_long_or_too_deep_before_it_has_come() {
    assertThatThrownBy(() -> frames(new byte[] {(byte) 0xdb, 0x7f, -1, -1, -1}, 5))
        .isInstanceOf(FrameException.class);
    byte[] deep = new byte[100];
    Arrays.fill(deep, (byte) 0x91);
    assertThatThrownBy(() -> frames(deep, 100)).isInstanceOf(FrameException.class);
  }
}
