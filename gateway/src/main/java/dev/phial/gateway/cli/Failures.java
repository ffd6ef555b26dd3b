package dev.phial.gateway.cli;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.function.Supplier;

/** gRPC failures as one helpful line. */
final class Failures {
  private Failures() {}

  static CommandException of(StatusRuntimeException failure, Supplier<String> address) {
    Status status = failure.getStatus();
    if (status.getCode() == Status.Code.UNAVAILABLE && status.getCause() != null) {
      return new CommandException(
          ExitCode.UNAVAILABLE,
          "no gateway answers at " + address.get()
              + ": start one with ./phial serve, or name it with --server");
    }
    String why = status.getDescription() == null ? "no reason given" : status.getDescription();
    int code =
        status.getCode() == Status.Code.UNAVAILABLE ? ExitCode.UNAVAILABLE : ExitCode.REFUSED;
    return new CommandException(code, status.getCode() + ": " + why);
  }
}
