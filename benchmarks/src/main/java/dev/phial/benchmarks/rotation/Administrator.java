package dev.phial.benchmarks.rotation;

import dev.phial.proto.v1.AdminServiceGrpc;
import dev.phial.proto.v1.AdminServiceGrpc.AdminServiceBlockingStub;
import dev.phial.proto.v1.DisableKeyVersionRequest;
import dev.phial.proto.v1.KeyPurpose;
import dev.phial.proto.v1.Keyset;
import dev.phial.proto.v1.RotateKeysetRequest;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** Rotates the keysets through one gateway or another, and takes versions out of use. */
final class Administrator {
  private static final int DEADLINE_SECONDS = 30;

  private final List<GatewayProcess> gateways;
  private final Supplier<String> token;
  private final Map<KeyPurpose, Versions> versions;
  private final Tally tally;
  private final LongAdder pending = new LongAdder();

  Administrator(
      List<GatewayProcess> gateways,
      Supplier<String> token,
      Map<KeyPurpose, Versions> versions,
      Tally tally) {
    this.gateways = gateways;
    this.token = token;
    this.versions = Map.copyOf(versions);
    this.tally = tally;
  }

  /** Rotations that were answered as pending. */
  long pending() {
    return pending.sum();
  }

  void rotate(KeyPurpose purpose) {
    GatewayProcess gateway = up();
    try {
      Keyset keyset = stub(gateway)
          .rotateKeyset(RotateKeysetRequest.newBuilder()
              .setTenant(Load.TENANT)
              .setPurpose(purpose)
              .build())
          .getKeyset();
      if (keyset.getPendingVersion() != 0) {
        pending.increment();
      } else if (versions.containsKey(purpose)) {
        versions.get(purpose).rotated(keyset.getPrimaryVersion());
      }
    } catch (StatusRuntimeException e) {
      failed(gateway, "rotate: ", e);
    }
  }

  /** Takes a version of the ENCRYPT keyset out of use. */
  void disable(int version, Revocations revocations) {
    GatewayProcess gateway = up();
    revocations.begin(version);
    try {
      stub(gateway)
          .disableKeyVersion(DisableKeyVersionRequest.newBuilder()
              .setTenant(Load.TENANT)
              .setPurpose(KeyPurpose.KEY_PURPOSE_ENCRYPT)
              .setVersion(version)
              .build());
      revocations.acknowledge(version);
    } catch (StatusRuntimeException e) {
      failed(gateway, "disable: ", e);
    }
  }

  private void failed(GatewayProcess gateway, String what, StatusRuntimeException e) {
    if (gateway.disturbed()) {
      tally.unanswered.increment();
    } else {
      tally.failed(what + e.getStatus().getCode() + " " + e.getStatus().getDescription());
    }
  }

  private GatewayProcess up() {
    int start = ThreadLocalRandom.current().nextInt(gateways.size());
    GatewayProcess first = gateways.get(start);
    return first.isDown() ? gateways.get((start + 1) % gateways.size()) : first;
  }

  private AdminServiceBlockingStub stub(GatewayProcess gateway) {
    return AdminServiceGrpc.newBlockingStub(gateway.admin())
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(Load.headers(token.get())))
        .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
  }
}
