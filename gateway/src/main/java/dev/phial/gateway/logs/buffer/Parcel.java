package dev.phial.gateway.logs.buffer;

import java.nio.ByteBuffer;
import java.util.Map;

/**
 * What is forwarded in one piece: one request, one message, or some lines. Masked.
 *
 * @param events how many log events it holds
 * @param fields what the destination has to be told beside the body, such as the path and the content type of a request
 * @param body the bytes, from position to limit; not changed by anybody
 */
public record Parcel(int events, Map<String, String> fields, ByteBuffer body) {

  public Parcel {
    fields = Map.copyOf(fields);
  }

  /** Says how long it is; never what it says. */
  @Override
  public String toString() {
    return "Parcel[" + events + " events, " + body.remaining() + " bytes]";
  }
}
