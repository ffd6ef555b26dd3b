package dev.phial.gateway.grpc;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** How a call failed, as its client sees it. */
record Failure(Status.Code code, String message, Optional<ErrorInfo> info) {

  static Failure of(ThrowingCallable call) {
    StatusRuntimeException thrown = catchThrowableOfType(StatusRuntimeException.class, call);
    return new Failure(
        thrown.getStatus().getCode(),
        String.valueOf(thrown.getStatus().getDescription()),
        info(thrown));
  }

  String reason() {
    return info.map(ErrorInfo::getReason).orElse("");
  }

  private static Optional<ErrorInfo> info(StatusRuntimeException thrown) {
    com.google.rpc.Status status = StatusProto.fromThrowable(thrown);
    if (status == null || status.getDetailsCount() == 0) {
      return Optional.empty();
    }
    Any detail = status.getDetails(0);
    try {
      return Optional.of(detail.unpack(ErrorInfo.class));
    } catch (InvalidProtocolBufferException e) {
      return Optional.empty();
    }
  }
}
