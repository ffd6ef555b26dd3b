package dev.phial.gateway.grpc;

import dev.phial.gateway.admin.KeyOperations;
import dev.phial.gateway.engine.EngineException;
import dev.phial.gateway.engine.RefusalCode;
import dev.phial.proto.v1.AdminServiceGrpc.AdminServiceImplBase;
import dev.phial.proto.v1.DisableKeyVersionRequest;
import dev.phial.proto.v1.DisableKeyVersionResponse;
import dev.phial.proto.v1.EnableKeyVersionRequest;
import dev.phial.proto.v1.EnableKeyVersionResponse;
import dev.phial.proto.v1.ListKeysetsRequest;
import dev.phial.proto.v1.ListKeysetsResponse;
import dev.phial.proto.v1.RewrapKeysetRequest;
import dev.phial.proto.v1.RewrapKeysetResponse;
import dev.phial.proto.v1.RotateKeysetRequest;
import dev.phial.proto.v1.RotateKeysetResponse;
import io.grpc.stub.StreamObserver;
import java.util.Optional;

/** {@code phial.v1.AdminService}: translates; {@link KeyOperations} decides who may. */
final class AdminEndpoint extends AdminServiceImplBase {
  private final KeyOperations keys;

  AdminEndpoint(KeyOperations keys) {
    this.keys = keys;
  }

  @Override
  public void listKeysets(
      ListKeysetsRequest request, StreamObserver<ListKeysetsResponse> observer) {
    Optional<String> tenant = Optional.of(request.getTenant()).filter(name -> !name.isEmpty());
    Answer.to(observer).with(() -> keys.list(CallScope.call(), tenant), KeyMessages::list);
  }

  @Override
  public void rotateKeyset(
      RotateKeysetRequest request, StreamObserver<RotateKeysetResponse> observer) {
    Answer.to(observer)
        .with(
            () -> keys.rotate(
                CallScope.call(),
                required(request.getTenant()),
                KeyMessages.purpose(request.getPurpose())),
            keyset -> RotateKeysetResponse.newBuilder()
                .setKeyset(KeyMessages.keyset(keyset))
                .build());
  }

  @Override
  public void disableKeyVersion(
      DisableKeyVersionRequest request, StreamObserver<DisableKeyVersionResponse> observer) {
    Answer.to(observer)
        .with(
            () -> keys.disable(
                CallScope.call(),
                required(request.getTenant()),
                KeyMessages.purpose(request.getPurpose()),
                required(request.getVersion())),
            keyset -> DisableKeyVersionResponse.newBuilder()
                .setKeyset(KeyMessages.keyset(keyset))
                .build());
  }

  @Override
  public void enableKeyVersion(
      EnableKeyVersionRequest request, StreamObserver<EnableKeyVersionResponse> observer) {
    Answer.to(observer)
        .with(
            () -> keys.enable(
                CallScope.call(),
                required(request.getTenant()),
                KeyMessages.purpose(request.getPurpose()),
                required(request.getVersion())),
            keyset -> EnableKeyVersionResponse.newBuilder()
                .setKeyset(KeyMessages.keyset(keyset))
                .build());
  }

  @Override
  public void rewrapKeyset(
      RewrapKeysetRequest request, StreamObserver<RewrapKeysetResponse> observer) {
    Answer.to(observer)
        .with(
            () -> keys.rewrap(
                CallScope.call(),
                required(request.getTenant()),
                KeyMessages.purpose(request.getPurpose())),
            keyset -> RewrapKeysetResponse.newBuilder()
                .setKeyset(KeyMessages.keyset(keyset))
                .build());
  }

  private static String required(String tenant) {
    if (tenant.isBlank()) {
      throw new EngineException(RefusalCode.INVALID_VALUE, "tenant must say whose keyset is meant");
    }
    return tenant;
  }

  private static int required(int version) {
    if (version < 1) {
      throw new EngineException(
          RefusalCode.INVALID_VALUE, "version must be one of the keyset's, 1 or more");
    }
    return version;
  }
}
