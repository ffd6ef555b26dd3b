package dev.phial.gateway.cli;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;
import java.util.concurrent.TimeUnit;

/** Gives each call its own time, where a stub's deadline would be one for all. */
record EachCallsDeadline(long duration, TimeUnit unit) implements ClientInterceptor {

  static EachCallsDeadline of(long duration, TimeUnit unit) {
    return new EachCallsDeadline(duration, unit);
  }

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    return next.newCall(method, options.withDeadlineAfter(duration, unit));
  }
}
