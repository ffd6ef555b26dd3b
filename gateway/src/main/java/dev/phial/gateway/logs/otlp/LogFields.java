package dev.phial.gateway.logs.otlp;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Walks through all values of a request, in one order, and puts others in their place: of the resource, the scope, and each
 * record's body, attributes, severity text and event name. Records, scopes and resources of which a value is dropped are left
 * out.
 */
final class LogFields {

  /** Is shown each value. */
  interface Visitor {
    /**
     * A value.
     *
     * @param key the dotted path of its names, {@code body} for a body
     * @return what stands in its place: the same array for no change; empty to drop what it belongs to
     */
    Optional<byte[]> value(String key, byte[] content);
  }

  private final Visitor visitor;
  private boolean dropped;

  LogFields(Visitor visitor) {
    this.visitor = visitor;
  }

  ExportLogsServiceRequest walk(ExportLogsServiceRequest request) {
    ExportLogsServiceRequest.Builder walked = ExportLogsServiceRequest.newBuilder();
    for (ResourceLogs logs : request.getResourceLogsList()) {
      ResourceLogs.Builder resource = logs.toBuilder().clearScopeLogs();
      dropped = false;
      resource.setSchemaUrl(text("schema_url", logs.getSchemaUrl()));
      if (logs.hasResource()) {
        resource.getResourceBuilder().clearAttributes();
        for (KeyValue attribute : logs.getResource().getAttributesList()) {
          resource.getResourceBuilder().addAttributes(attribute("", attribute));
        }
      }
      boolean kept = !dropped;
      for (ScopeLogs scope : logs.getScopeLogsList()) {
        scope(scope, resource);
      }
      if (kept && resource.getScopeLogsCount() > 0) {
        walked.addResourceLogs(resource);
      }
    }
    return walked.build();
  }

  private void scope(ScopeLogs logs, ResourceLogs.Builder resource) {
    ScopeLogs.Builder scope = logs.toBuilder().clearLogRecords();
    dropped = false;
    scope.setSchemaUrl(text("schema_url", logs.getSchemaUrl()));
    if (logs.hasScope()) {
      InstrumentationScope came = logs.getScope();
      InstrumentationScope.Builder masked = came.toBuilder().clearAttributes();
      masked.setName(text("scope.name", came.getName()));
      masked.setVersion(text("scope.version", came.getVersion()));
      came.getAttributesList().forEach(a -> masked.addAttributes(attribute("", a)));
      scope.setScope(masked);
    }
    boolean kept = !dropped;
    for (LogRecord came : logs.getLogRecordsList()) {
      LogRecord record = record(came);
      if (!dropped) {
        scope.addLogRecords(record);
      }
    }
    if (kept && scope.getLogRecordsCount() > 0) {
      resource.addScopeLogs(scope);
    }
  }

  private LogRecord record(LogRecord came) {
    dropped = false;
    LogRecord.Builder record = came.toBuilder().clearAttributes();
    record.setSeverityText(text("severity_text", came.getSeverityText()));
    record.setEventName(text("event_name", came.getEventName()));
    if (came.hasBody()) {
      record.setBody(value("body", came.getBody()));
    }
    came.getAttributesList().forEach(a -> record.addAttributes(attribute("", a)));
    return record.build();
  }

  private KeyValue attribute(String path, KeyValue attribute) {
    String key = path.isEmpty() ? attribute.getKey() : path + "." + attribute.getKey();
    return attribute.hasValue()
        ? attribute.toBuilder().setValue(value(key, attribute.getValue())).build()
        : attribute;
  }

  private AnyValue value(String key, AnyValue value) {
    AnyValue.Builder masked = value.toBuilder();
    switch (value.getValueCase()) {
      case STRING_VALUE -> masked.setStringValue(text(key, value.getStringValue()));
      case INT_VALUE -> number(key, String.valueOf(value.getIntValue()), masked);
      case DOUBLE_VALUE -> number(key, String.valueOf(value.getDoubleValue()), masked);
      case BYTES_VALUE -> {
        byte[] bytes = value.getBytesValue().toByteArray();
        masked.setBytesValue(ByteString.copyFrom(visit(key, bytes)));
      }
      case ARRAY_VALUE -> {
        masked.getArrayValueBuilder().clearValues();
        value
            .getArrayValue()
            .getValuesList()
            .forEach(item -> masked.getArrayValueBuilder().addValues(value(key, item)));
      }
      case KVLIST_VALUE -> {
        masked.getKvlistValueBuilder().clearValues();
        value
            .getKvlistValue()
            .getValuesList()
            .forEach(item -> masked.getKvlistValueBuilder().addValues(attribute(key, item)));
      }
      default -> {
        // true, false and nothing say nothing about anybody
      }
    }
    return masked.build();
  }

  /** A number that is masked becomes text. */
  private void number(String key, String text, AnyValue.Builder masked) {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    byte[] visited = visit(key, content);
    if (visited != content) {
      masked.setStringValue(new String(visited, StandardCharsets.UTF_8));
    }
  }

  private String text(String key, String text) {
    if (text.isEmpty()) {
      return text;
    }
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    byte[] visited = visit(key, content);
    return visited == content ? text : new String(visited, StandardCharsets.UTF_8);
  }

  private byte[] visit(String key, byte[] content) {
    Optional<byte[]> visited = visitor.value(key, content);
    dropped |= visited.isEmpty();
    return visited.orElse(content);
  }
}
