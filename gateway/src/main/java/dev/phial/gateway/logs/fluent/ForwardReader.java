package dev.phial.gateway.logs.fluent;

import dev.phial.gateway.logs.fluent.ForwardMessage.Entry;
import dev.phial.masking.stream.GzipMembers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.value.ArrayValue;
import org.msgpack.value.Value;
import org.msgpack.value.ValueFactory;

/** Reads messages of all modes: message, forward, packed forward, compressed packed forward. */
final class ForwardReader {
  private static final int EVENT_TIME = 0;
  private static final int EVENT_TIME_BYTES = 8;
  private static final int MOST_RATIO = 100;
  private static final int ALWAYS_ALLOWED = 1 << 20;

  private final int maxExpanded;

  /** @param maxExpanded the most bytes of the entries of a message when they are decompressed */
  ForwardReader(int maxExpanded) {
    this.maxExpanded = maxExpanded;
  }

  /**
   * A message and how it is to be acknowledged.
   *
   * @param chunk what the acknowledgement has to say; empty when none is asked for
   */
  record Read(ForwardMessage message, Optional<Value> chunk) {}

  /**
   * Reads a message.
   *
   * @throws IOException when it is none
   */
  Read read(byte[] frame) throws IOException {
    try {
      ArrayValue message = value(frame).asArrayValue();
      String tag = message.get(0).asStringValue().asString();
      Value second = message.get(1);
      if (second.isArrayValue()) {
        return new Read(new ForwardMessage(tag, entries(second.asArrayValue())), chunk(message, 2));
      }
      if (second.isRawValue()) {
        return new Read(new ForwardMessage(tag, packed(message)), chunk(message, 2));
      }
      return new Read(
          new ForwardMessage(tag, List.of(entry(second, message.get(2)))), chunk(message, 3));
    } catch (RuntimeException e) {
      // What the library throws for another type, a missing element or broken UTF-8.
      throw new IOException("it is not a message of the forward protocol", e);
    }
  }

  private static Value value(byte[] frame) throws IOException {
    try (MessageUnpacker unpacker = MessagePack.newDefaultUnpacker(frame)) {
      return unpacker.unpackValue();
    }
  }

  private static Map<Value, Value> options(ArrayValue message, int place) {
    return message.size() > place && message.get(place).isMapValue()
        ? message.get(place).asMapValue().map()
        : Map.of();
  }

  private static Optional<Value> chunk(ArrayValue message, int place) {
    return Optional.ofNullable(options(message, place).get(ValueFactory.newString("chunk")));
  }

  private static List<Entry> entries(ArrayValue array) {
    List<Entry> entries = new ArrayList<>();
    array.forEach(entry ->
        entries.add(entry(entry.asArrayValue().get(0), entry.asArrayValue().get(1))));
    return entries;
  }

  /** A time is not masked, so it must be one. */
  private static Entry entry(Value time, Value record) {
    boolean event = time.isExtensionValue()
        && time.asExtensionValue().getType() == EVENT_TIME
        && time.asExtensionValue().getData().length == EVENT_TIME_BYTES;
    boolean seconds = time.isIntegerValue()
        && time.asIntegerValue().isInLongRange()
        && time.asIntegerValue().toLong() >> 33 == 0;
    if (!(event || seconds || time.isFloatValue()) || !record.isMapValue()) {
      throw new IllegalArgumentException("an entry is not a time and a record");
    }
    checkNames(record);
    return new Entry(time, record);
  }

  private static void checkNames(Value value) {
    if (value.isMapValue()) {
      value.asMapValue().entrySet().forEach(field -> {
        field.getKey().asStringValue().asString();
        checkNames(field.getValue());
      });
    } else if (value.isArrayValue()) {
      value.asArrayValue().forEach(ForwardReader::checkNames);
    }
  }

  /** Entries one after the other, perhaps compressed. */
  private List<Entry> packed(ArrayValue message) throws IOException {
    byte[] stream = message.get(1).asRawValue().asByteArray();
    Value compressed = options(message, 2).get(ValueFactory.newString("compressed"));
    if (compressed != null) {
      if (!compressed.asStringValue().asString().equals("gzip")) {
        throw new IllegalArgumentException("the compression is not gzip");
      }
      stream = expanded(stream);
    }
    MessagePackFrames frames = new MessagePackFrames(Math.max(maxExpanded, stream.length));
    frames.add(io.netty.buffer.Unpooled.wrappedBuffer(stream));
    List<Entry> entries = new ArrayList<>();
    for (Optional<byte[]> next = frames.next(); next.isPresent(); next = frames.next()) {
      ArrayValue entry = value(next.get()).asArrayValue();
      entries.add(entry(entry.get(0), entry.get(1)));
    }
    if (!frames.complete()) {
      throw new IllegalArgumentException("the entries end too early");
    }
    return entries;
  }

  private byte[] expanded(byte[] compressed) throws IOException {
    long bound =
        Math.min(maxExpanded, Math.max(ALWAYS_ALLOWED, (long) MOST_RATIO * compressed.length));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] piece = new byte[16 << 10];
    try (GzipMembers in = new GzipMembers(new ByteArrayInputStream(compressed))) {
      for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
        if (out.size() + n > bound) {
          throw new IOException("the entries are too large when they are decompressed");
        }
        out.write(piece, 0, n);
      }
    }
    return out.toByteArray();
  }
}
