package dev.phial.gateway.grpc;

import com.google.protobuf.ByteString;
import dev.phial.gateway.engine.DocumentItem;

/** One request of a stream of either direction. */
sealed interface StreamPart {
  /** What the document is. */
  record Start(DocumentItem item) implements StreamPart {}

  /** Its next bytes. */
  record Chunk(ByteString bytes) implements StreamPart {
    @Override
    public String toString() {
      return "Chunk[" + bytes.size() + " bytes]";
    }
  }

  /** An empty message, or one of a later version. */
  record Nothing() implements StreamPart {}
}
