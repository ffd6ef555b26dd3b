package dev.phial.gateway.grpc;

import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import java.io.InputStream;

/**
 * Parses requests inside the interceptors. Left to itself gRPC parses outside them, and a message that cannot be read (not protobuf, or
 * a string that is not UTF-8) would end as UNKNOWN with a stack trace in the log, though it is only the caller's mistake.
 */
final class StrictMessages {
  private StrictMessages() {}

  static ServerServiceDefinition of(ServerServiceDefinition service) {
    ServiceDescriptor.Builder descriptor = ServiceDescriptor.newBuilder(
            service.getServiceDescriptor().getName())
        .setSchemaDescriptor(service.getServiceDescriptor().getSchemaDescriptor());
    var methods = service.getMethods().stream().map(StrictMessages::unparsed).toList();
    methods.forEach(method -> descriptor.addMethod(method.getMethodDescriptor()));
    ServerServiceDefinition.Builder strict = ServerServiceDefinition.builder(descriptor.build());
    methods.forEach(strict::addMethod);
    return strict.build();
  }

  private static <Q, R> ServerMethodDefinition<InputStream, R> unparsed(
      ServerMethodDefinition<Q, R> method) {
    MethodDescriptor<Q, R> typed = method.getMethodDescriptor();
    MethodDescriptor<InputStream, R> bytes =
        typed.toBuilder(new Bytes(), typed.getResponseMarshaller()).build();
    return ServerMethodDefinition.create(bytes, (call, headers) -> {
      ServerCall<Q, R> typedCall = new TypedCall<>(call, typed);
      return new ParsingListener<>(
          method.getServerCallHandler().startCall(typedCall, headers), typedCall);
    });
  }

  /** The message as it came; valid until the listener's {@code onMessage} returns. */
  private static final class Bytes implements Marshaller<InputStream> {
    @Override
    public InputStream stream(InputStream value) {
      return value;
    }

    @Override
    public InputStream parse(InputStream stream) {
      return stream;
    }
  }
}
