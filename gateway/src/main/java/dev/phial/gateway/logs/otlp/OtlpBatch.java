package dev.phial.gateway.logs.otlp;

import com.google.protobuf.DiscardUnknownFieldsParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import dev.phial.gateway.logs.buffer.Parcel;
import dev.phial.gateway.logs.intake.Batch;
import dev.phial.masking.LogEvent;
import dev.phial.masking.Masked;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An OTLP request. Fields that this version of the protocol does not know are left out, so that nothing in them can pass. It is
 * buffered as Protocol Buffers.
 */
public final class OtlpBatch implements Batch {
  private static final Parser<ExportLogsServiceRequest> KNOWN_FIELDS =
      DiscardUnknownFieldsParser.wrap(ExportLogsServiceRequest.parser());
  private static final int TRACE_ID = 16;
  private static final int SPAN_ID = 8;

  private final ExportLogsServiceRequest request;
  private final Map<String, String> fields;
  private final List<LogEvent> events = new ArrayList<>();

  private OtlpBatch(ExportLogsServiceRequest request, Map<String, String> fields) {
    this.request = request;
    this.fields = Map.copyOf(fields);
    new LogFields((key, content) -> {
          events.add(new LogEvent(key, content));
          return Optional.of(content);
        })
        .walk(request);
  }

  /**
   * Reads a request.
   *
   * @param fields what the destination has to be told beside it
   * @throws InvalidProtocolBufferException when it is none
   */
  public static OtlpBatch parse(byte[] bytes, Map<String, String> fields)
      throws InvalidProtocolBufferException {
    ExportLogsServiceRequest request = KNOWN_FIELDS.parseFrom(bytes);
    request
        .getResourceLogsList()
        .forEach(resource -> resource
            .getScopeLogsList()
            .forEach(scope -> scope.getLogRecordsList().forEach(OtlpBatch::checkIds)));
    return new OtlpBatch(request, fields);
  }

  /** Identifiers of traces are not masked, so they must be what they are said to be. */
  private static void checkIds(LogRecord record) {
    int trace = record.getTraceId().size();
    int span = record.getSpanId().size();
    if ((trace != 0 && trace != TRACE_ID) || (span != 0 && span != SPAN_ID)) {
      throw new IllegalArgumentException("trace_id must have 16 bytes and span_id 8, or none");
    }
  }

  @Override
  public List<LogEvent> events() {
    return events;
  }

  @Override
  public int size() {
    return count(request);
  }

  private static int count(ExportLogsServiceRequest request) {
    return request.getResourceLogsList().stream()
        .flatMap(resource -> resource.getScopeLogsList().stream())
        .mapToInt(scope -> scope.getLogRecordsCount())
        .sum();
  }

  @Override
  public Optional<Parcel> masked(List<Masked> masked) {
    Iterator<Masked> next = masked.iterator();
    Iterator<LogEvent> before = events.iterator();
    ExportLogsServiceRequest rest = new LogFields((key, content) -> {
          LogEvent event = before.next();
          if (!(next.next() instanceof Masked.Event kept)) {
            return Optional.empty();
          }
          return Optional.of(kept.content() == event.content() ? content : kept.content());
        })
        .walk(request);
    int left = count(rest);
    return left == 0
        ? Optional.empty()
        : Optional.of(new Parcel(left, fields, ByteBuffer.wrap(rest.toByteArray())));
  }
}
