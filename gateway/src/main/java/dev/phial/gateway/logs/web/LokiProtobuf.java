package dev.phial.gateway.logs.web;

import com.google.protobuf.CodedInputStream;
import dev.phial.gateway.logs.web.LokiPush.Entry;
import dev.phial.gateway.logs.web.LokiPush.Stream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads Loki's {@code PushRequest}: streams (1) of labels (1, as text) and entries (2) of time (1: seconds 1, nanoseconds 2),
 * line (2) and metadata (3: name 1, value 2). Fields that are not known are left out, so that nothing in them can pass.
 */
final class LokiProtobuf {
  private static final long NANOS = 1_000_000_000L;

  private LokiProtobuf() {}

  /** Reads one field of a message, or skips it. */
  private interface Field {
    void read(int number, CodedInputStream in) throws IOException;
  }

  static List<Stream> read(byte[] body) {
    List<Stream> streams = new ArrayList<>();
    try {
      message(CodedInputStream.newInstance(body), (number, in) -> {
        if (number == 1) {
          streams.add(stream(nested(in)));
        } else {
          in.skipField(in.getLastTag());
        }
      });
    } catch (IOException e) {
      throw WebRefusal.malformed("the body is not a push request");
    }
    return streams;
  }

  private static void message(CodedInputStream in, Field field) throws IOException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      field.read(tag >>> 3, in);
    }
  }

  private static CodedInputStream nested(CodedInputStream in) throws IOException {
    return CodedInputStream.newInstance(in.readByteArray());
  }

  private static Stream stream(CodedInputStream in) throws IOException {
    List<Entry> entries = new ArrayList<>();
    Map<String, String> labels = new LinkedHashMap<>();
    message(in, (number, stream) -> {
      switch (number) {
        case 1 -> labels.putAll(LokiLabels.parse(stream.readStringRequireUtf8()));
        case 2 -> entries.add(entry(nested(stream)));
        default -> stream.skipField(stream.getLastTag());
      }
    });
    return new Stream(labels, entries);
  }

  private static Entry entry(CodedInputStream in) throws IOException {
    long[] time = new long[1];
    String[] line = {""};
    Map<String, String> metadata = new LinkedHashMap<>();
    message(in, (number, entry) -> {
      switch (number) {
        case 1 -> time[0] = time(nested(entry));
        case 2 -> line[0] = entry.readStringRequireUtf8();
        case 3 -> pair(nested(entry), metadata);
        default -> entry.skipField(entry.getLastTag());
      }
    });
    return new Entry(Long.toUnsignedString(time[0]), line[0], metadata);
  }

  private static long time(CodedInputStream in) throws IOException {
    long[] nanos = new long[1];
    message(in, (number, time) -> {
      switch (number) {
        case 1 -> nanos[0] += time.readInt64() * NANOS;
        case 2 -> nanos[0] += time.readInt32();
        default -> time.skipField(time.getLastTag());
      }
    });
    return nanos[0];
  }

  private static void pair(CodedInputStream in, Map<String, String> pairs) throws IOException {
    String[] pair = {"", ""};
    message(in, (number, field) -> {
      if (number == 1 || number == 2) {
        pair[number - 1] = field.readStringRequireUtf8();
      } else {
        field.skipField(field.getLastTag());
      }
    });
    pairs.put(pair[0], pair[1]);
  }
}
