package dev.phial.gateway.grpc;

import com.google.protobuf.Timestamp;
import dev.phial.crypto.key.KeyPurpose;
import dev.phial.gateway.engine.EngineException;
import dev.phial.gateway.engine.RefusalCode;
import dev.phial.gateway.keys.KeysetView;
import dev.phial.proto.v1.KeyState;
import dev.phial.proto.v1.KeyVersion;
import dev.phial.proto.v1.Keyset;
import dev.phial.proto.v1.ListKeysetsResponse;
import java.time.Instant;
import java.util.List;

/** Keysets: between messages and the key life cycle's words. */
final class KeyMessages {
  private KeyMessages() {}

  static ListKeysetsResponse list(List<KeysetView> keysets) {
    return ListKeysetsResponse.newBuilder()
        .addAllKeysets(keysets.stream().map(KeyMessages::keyset).toList())
        .build();
  }

  static Keyset keyset(KeysetView keyset) {
    return Keyset.newBuilder()
        .setTenant(keyset.tenant())
        .setPurpose(purpose(keyset.purpose()))
        .setKeysetId(keyset.keysetId())
        .setPrimaryVersion(keyset.primary())
        .setPendingVersion(keyset.pending().orElse(0))
        .setMinimumVersion(keyset.minimum())
        .addAllVersions(keyset.versions().stream().map(KeyMessages::version).toList())
        .build();
  }

  static KeyPurpose purpose(dev.phial.proto.v1.KeyPurpose purpose) {
    return switch (purpose) {
      case KEY_PURPOSE_ENCRYPT -> KeyPurpose.ENCRYPT;
      case KEY_PURPOSE_TOKENIZE -> KeyPurpose.TOKENIZE;
      case KEY_PURPOSE_INDEX -> KeyPurpose.INDEX;
      case KEY_PURPOSE_UNSPECIFIED, UNRECOGNIZED ->
        throw new EngineException(
            RefusalCode.INVALID_VALUE, "purpose must be ENCRYPT, TOKENIZE or INDEX");
    };
  }

  private static dev.phial.proto.v1.KeyPurpose purpose(KeyPurpose purpose) {
    return switch (purpose) {
      case ENCRYPT -> dev.phial.proto.v1.KeyPurpose.KEY_PURPOSE_ENCRYPT;
      case TOKENIZE -> dev.phial.proto.v1.KeyPurpose.KEY_PURPOSE_TOKENIZE;
      case INDEX -> dev.phial.proto.v1.KeyPurpose.KEY_PURPOSE_INDEX;
    };
  }

  private static KeyVersion version(KeysetView.Version version) {
    return KeyVersion.newBuilder()
        .setVersion(version.version())
        .setState(state(version.state()))
        .setCreated(timestamp(version.created()))
        .setKek(version.kek())
        .setKekVersion(version.kekVersion())
        .build();
  }

  private static KeyState state(KeysetView.State state) {
    return switch (state) {
      case ENABLED -> KeyState.KEY_STATE_ENABLED;
      case DISABLED -> KeyState.KEY_STATE_DISABLED;
      case DESTROYED -> KeyState.KEY_STATE_DESTROYED;
    };
  }

  private static Timestamp timestamp(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }
}
