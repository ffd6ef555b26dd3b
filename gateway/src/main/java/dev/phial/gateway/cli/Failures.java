package dev.phial.gateway.cli;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/** gRPC failures as one helpful line. */
final class Failures {
  private Failures() {}

  static CommandException of(StatusRuntimeException failure, ServerOptions server) {
    Status status = failure.getStatus();
    if (status.getCode() == Status.Code.UNAVAILABLE && status.getCause() != null) {
      return new CommandException(
          ExitCode.UNAVAILABLE,
          "no gateway answers at " + server.address()
              + ": start one with ./phial serve, or name it with --server");
    }
    if (status.getCode() == Status.Code.UNIMPLEMENTED) {
      return new CommandException(
          ExitCode.REFUSED, server.address() + " does not serve this: " + server.elsewhere());
    }
    String why = status.getDescription() == null ? "no reason given" : status.getDescription();
    int code =
        status.getCode() == Status.Code.UNAVAILABLE ? ExitCode.UNAVAILABLE : ExitCode.REFUSED;
    return new CommandException(code, status.getCode() + ": " + why);
  }
}
