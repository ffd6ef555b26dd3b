package dev.phial.gateway.logs.fluent;

import dev.phial.gateway.logs.buffer.Parcel;
import dev.phial.gateway.logs.intake.Divisible;
import dev.phial.masking.LogEvent;
import dev.phial.masking.Masked;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.value.Value;
import org.msgpack.value.ValueFactory;

/**
 * Events of one tag. Tag and all values of the records are masked, whatever their type and depth; times and names stay. It is
 * buffered as the list of entries of forward mode, with the tag beside it.
 */
record ForwardMessage(String tag, List<Entry> entries) implements Divisible {
  static final String TAG = "tag";

  /** An event. */
  record Entry(Value time, Value record) {
    /** Without the record. */
    @Override
    public String toString() {
      return "Entry";
    }
  }

  ForwardMessage {
    entries = List.copyOf(entries);
  }

  /** Is shown each value, and gives what stands in its place; empty to drop the event. */
  private interface Visitor {
    Optional<byte[]> value(String key, byte[] content);
  }

  @Override
  public List<LogEvent> events() {
    List<LogEvent> events = new ArrayList<>();
    events.add(new LogEvent(TAG, tag.getBytes(StandardCharsets.UTF_8)));
    Visitor collecting = (key, content) -> {
      events.add(new LogEvent(key, content));
      return Optional.of(content);
    };
    entries.forEach(entry -> walk("", entry.record(), collecting));
    return events;
  }

  @Override
  public int size() {
    return entries.size();
  }

  @Override
  public List<ForwardMessage> each() {
    return entries.stream()
        .map(entry -> new ForwardMessage(tag, List.of(entry)))
        .toList();
  }

  @Override
  public Optional<Parcel> masked(List<Masked> masked) {
    Iterator<Masked> next = masked.iterator();
    Iterator<LogEvent> before = events().iterator();
    Visitor replacing = (key, content) -> {
      byte[] came = before.next().content();
      return next.next() instanceof Masked.Event event
          ? Optional.of(java.util.Arrays.equals(event.content(), came) ? content : event.content())
          : Optional.empty();
    };
    Optional<byte[]> maskedTag = replacing.value(TAG, tag.getBytes(StandardCharsets.UTF_8));
    List<Entry> rest = new ArrayList<>();
    for (Entry entry : entries) {
      walk("", entry.record(), replacing)
          .ifPresent(record -> rest.add(new Entry(entry.time(), record)));
    }
    return maskedTag.isEmpty() || rest.isEmpty()
        ? Optional.empty()
        : Optional.of(new Parcel(
            rest.size(),
            Map.of(TAG, new String(maskedTag.get(), StandardCharsets.UTF_8)),
            ByteBuffer.wrap(packed(rest))));
  }

  /** Goes through all values, also when one of them is dropped: the masked ones come in the same order. */
  private static Optional<Value> walk(String path, Value value, Visitor visitor) {
    switch (value.getValueType()) {
      case MAP -> {
        Map<Value, Value> walked = new LinkedHashMap<>();
        boolean whole = true;
        for (Map.Entry<Value, Value> field : value.asMapValue().entrySet()) {
          String name = field.getKey().asStringValue().asString();
          Optional<Value> masked =
              walk(path.isEmpty() ? name : path + "." + name, field.getValue(), visitor);
          masked.ifPresent(v -> walked.put(field.getKey(), v));
          whole &= masked.isPresent();
        }
        return whole ? Optional.of(ValueFactory.newMap(walked)) : Optional.empty();
      }
      case ARRAY -> {
        List<Value> walked = new ArrayList<>();
        boolean whole = true;
        for (Value item : value.asArrayValue()) {
          Optional<Value> masked = walk(path, item, visitor);
          masked.ifPresent(walked::add);
          whole &= masked.isPresent();
        }
        return whole ? Optional.of(ValueFactory.newArray(walked)) : Optional.empty();
      }
      case STRING, BINARY -> {
        byte[] content = value.asRawValue().asByteArray();
        return visitor
            .value(path, content)
            .map(masked -> value.isStringValue()
                ? ValueFactory.newString(masked)
                : ValueFactory.newBinary(masked));
      }
      case INTEGER, FLOAT -> {
        byte[] content = value.toJson().getBytes(StandardCharsets.UTF_8);
        return visitor
            .value(path, content)
            .map(masked -> masked == content ? value : ValueFactory.newString(masked));
      }
      case EXTENSION -> {
        byte[] content = value.asExtensionValue().getData();
        return visitor
            .value(path, content)
            .map(masked -> ValueFactory.newExtension(value.asExtensionValue().getType(), masked));
      }
      default -> {
        return Optional.of(value); // true, false and nil say nothing about anybody
      }
    }
  }

  private static byte[] packed(List<Entry> entries) {
    try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
      packer.packArrayHeader(entries.size());
      for (Entry entry : entries) {
        packer.packArrayHeader(2);
        packer.packValue(entry.time());
        packer.packValue(entry.record());
      }
      return packer.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
