package dev.phial.gateway.logs.otlp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import java.io.IOException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;

/**
 * Reads OTLP's JSON: that of Protocol Buffers, but for identifiers of traces and spans, which are hexadecimal, and enumerations,
 * which are numbers. Names that are not known are passed over.
 */
public final class OtlpJson {
  private static final Set<String> HEX = Set.of("trace_id", "span_id");

  private OtlpJson() {}

  /**
   * The request that a parser is before.
   *
   * @throws IOException when it is none, or something follows it
   */
  public static byte[] read(JsonParser parser) throws IOException {
    ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
    try {
      expect(parser.nextToken() == JsonToken.START_OBJECT);
      message(parser, request);
      expect(parser.nextToken() == null);
    } catch (IllegalArgumentException e) {
      throw new IOException("it is not an OTLP request", e);
    }
    return request.build().toByteArray();
  }

  private static void expect(boolean condition) throws IOException {
    if (!condition) {
      throw new IOException("it is not an OTLP request");
    }
  }

  private static void message(JsonParser parser, Message.Builder message) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      FieldDescriptor field = field(message, parser.currentName());
      JsonToken token = parser.nextToken();
      if (field == null) {
        parser.skipChildren();
      } else if (token != JsonToken.VALUE_NULL && field.isRepeated()) {
        expect(token == JsonToken.START_ARRAY);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          message.addRepeatedField(field, value(parser, message, field));
        }
      } else if (token != JsonToken.VALUE_NULL) {
        message.setField(field, value(parser, message, field));
      }
    }
    expect(parser.currentToken() == JsonToken.END_OBJECT);
  }

  private static @org.jspecify.annotations.Nullable FieldDescriptor field(
      Message.Builder message, String name) {
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      if (field.getJsonName().equals(name) || field.getName().equals(name)) {
        return field;
      }
    }
    return null;
  }

  private static Object value(JsonParser parser, Message.Builder parent, FieldDescriptor field)
      throws IOException {
    return switch (field.getJavaType()) {
      case MESSAGE -> {
        expect(parser.currentToken() == JsonToken.START_OBJECT);
        Message.Builder nested = parent.newBuilderForField(field);
        message(parser, nested);
        yield nested.build();
      }
      case STRING -> {
        expect(parser.currentToken() == JsonToken.VALUE_STRING);
        yield parser.getText();
      }
      case BYTE_STRING -> bytes(parser.getText(), field);
      case BOOLEAN -> parser.getBooleanValue();
      case INT -> (int) Long.parseLong(parser.getText());
      case LONG -> long64(parser.getText());
      case FLOAT -> (float) parser.getValueAsDouble();
      case DOUBLE -> Double.parseDouble(parser.getText());
      case ENUM -> enumerated(parser, field);
    };
  }

  /** Times are unsigned, other numbers signed. */
  private static long long64(String text) {
    return text.startsWith("-") ? Long.parseLong(text) : Long.parseUnsignedLong(text);
  }

  private static ByteString bytes(String text, FieldDescriptor field) {
    return ByteString.copyFrom(
        HEX.contains(field.getName())
            ? HexFormat.of().parseHex(text.toLowerCase(java.util.Locale.ROOT))
            : Base64.getDecoder().decode(text));
  }

  private static EnumValueDescriptor enumerated(JsonParser parser, FieldDescriptor field)
      throws IOException {
    EnumValueDescriptor value = parser.currentToken() == JsonToken.VALUE_NUMBER_INT
        ? field.getEnumType().findValueByNumber(parser.getIntValue())
        : field.getEnumType().findValueByName(parser.getText());
    expect(value != null);
    return java.util.Objects.requireNonNull(value);
  }
}
