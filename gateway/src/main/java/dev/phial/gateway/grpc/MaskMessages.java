package dev.phial.gateway.grpc;

import com.google.protobuf.ByteString;
import dev.phial.masking.LogEvent;
import dev.phial.masking.Masked;
import dev.phial.proto.v1.MaskedEvent;
import java.util.List;

/** Log events in the protocol. */
final class MaskMessages {
  private MaskMessages() {}

  static List<LogEvent> events(List<dev.phial.proto.v1.LogEvent> events) {
    return events.stream()
        .map(event -> new LogEvent(event.getKey(), event.getContent().toByteArray()))
        .toList();
  }

  static List<MaskedEvent> masked(List<Masked> masked) {
    return masked.stream().map(MaskMessages::masked).toList();
  }

  private static MaskedEvent masked(Masked masked) {
    MaskedEvent.Builder event = MaskedEvent.newBuilder();
    if (masked instanceof Masked.Event kept) {
      event.setContent(ByteString.copyFrom(kept.content()));
    } else {
      event.setDropped(true);
    }
    masked.found().forEach((identifier, count) -> event.putFound(identifier.name(), count));
    return event.build();
  }
}
