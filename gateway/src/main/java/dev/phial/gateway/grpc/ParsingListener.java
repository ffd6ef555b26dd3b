package dev.phial.gateway.grpc;

import dev.phial.proto.v1.RefusalReason;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.StatusRuntimeException;
import java.io.InputStream;

/**
 * Parses a call's messages and refuses the call when one cannot be read.
 *
 * @param <Q> the request message
 */
final class ParsingListener<Q> extends ServerCall.Listener<InputStream> {
  private final ServerCall.Listener<Q> listener;
  private final ServerCall<Q, ?> call;
  private boolean refused;

  ParsingListener(ServerCall.Listener<Q> listener, ServerCall<Q, ?> call) {
    this.listener = listener;
    this.call = call;
  }

  @Override
  public void onMessage(InputStream bytes) {
    if (refused) {
      return;
    }
    Q message;
    try {
      message = call.getMethodDescriptor().parseRequest(bytes);
    } catch (StatusRuntimeException unreadable) {
      refuse();
      return;
    }
    listener.onMessage(message);
  }

  private void refuse() {
    refused = true;
    StatusRuntimeException refusal = Refusals.status(
        RefusalReason.REFUSAL_REASON_INVALID_VALUE,
        "the message cannot be read: it is not the method's request, or a string in it is not UTF-8",
        CallScope.requestId());
    Metadata trailers = refusal.getTrailers();
    call.close(refusal.getStatus(), trailers == null ? new Metadata() : trailers);
  }

  @Override
  public void onHalfClose() {
    if (!refused) {
      listener.onHalfClose();
    }
  }

  @Override
  public void onCancel() {
    listener.onCancel();
  }

  @Override
  public void onComplete() {
    listener.onComplete();
  }

  @Override
  public void onReady() {
    listener.onReady();
  }
}
