package dev.phial.kms.aws;

import dev.phial.kms.AccessDeniedException;
import dev.phial.kms.BlockingKms;
import dev.phial.kms.InvalidWrappedKeyException;
import dev.phial.kms.KekDescription;
import dev.phial.kms.KekRef;
import dev.phial.kms.KeyNotFoundException;
import dev.phial.kms.WrapContext;
import dev.phial.kms.WrapFrame;
import dev.phial.kms.WrappedKey;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.KeyUsageType;

/**
 * KEKs in AWS KMS. Every operation carries the {@link WrapContext} as its encryption context, under the names of {@link
 * WrapContext#asMap}, so that key policies can require them and CloudTrail shows them.
 *
 * <p>{@code GenerateDataKey} is not used: data keys come from the approved module, and one key may be wrapped by two KMSs.
 *
 * <p>A wrapping asks for the key first: an alias is resolved to the ARN that is recorded, and a key that is disabled or
 * about to be deleted is refused whatever the service would do.
 */
final class AwsKms implements BlockingKms {
  private final String name;
  private final KmsClient client;
  private final AwsFailures failures;

  AwsKms(String name, KmsClient client) {
    this.name = name;
    this.client = client;
    this.failures = new AwsFailures(name);
  }

  @Override
  public WrappedKey wrap(KekRef kek, byte[] key, WrapContext context) {
    AwsKeyVersion version = usable(kek);
    byte[] blob = failures.translating(
        kek.key(),
        () -> client
            .encrypt(request -> request
                .keyId(version.arn())
                .plaintext(SdkBytes.fromByteArray(key))
                .encryptionContext(context.asMap()))
            .ciphertextBlob()
            .asByteArray());
    return WrappedKey.of(version.of(kek), WrapFrame.around(blob));
  }

  @Override
  public byte[] unwrap(WrappedKey wrapped, WrapContext context) {
    AwsKeyVersion version = AwsKeyVersion.of(wrapped.kekVersion(), this::notHere);
    SdkBytes blob = SdkBytes.fromByteArrayUnsafe(WrapFrame.open(wrapped));
    DecryptResponse response = failures.translating(
        version.arn(),
        () -> client.decrypt(request ->
            request.keyId(version.arn()).ciphertextBlob(blob).encryptionContext(context.asMap())));
    if (!version.arn().equals(response.keyId())) {
      throw new InvalidWrappedKeyException(
          "kms '" + name + "' opened a wrapped key with another KEK than " + version.arn());
    }
    return response.plaintext().asByteArray();
  }

  @Override
  public WrappedKey rewrap(WrappedKey wrapped, KekRef kek, WrapContext context) {
    AwsKeyVersion from = AwsKeyVersion.of(wrapped.kekVersion(), this::notHere);
    SdkBytes blob = SdkBytes.fromByteArrayUnsafe(WrapFrame.open(wrapped));
    AwsKeyVersion to = usable(kek);
    byte[] again = failures.translating(
        from.arn(),
        () -> client
            .reEncrypt(request -> request
                .sourceKeyId(from.arn())
                .sourceEncryptionContext(context.asMap())
                .destinationKeyId(to.arn())
                .destinationEncryptionContext(context.asMap())
                .ciphertextBlob(blob))
            .ciphertextBlob()
            .asByteArray());
    return WrappedKey.of(to.of(kek), WrapFrame.around(again));
  }

  @Override
  public KekDescription describe(KekRef kek) {
    KeyMetadata key = metadata(kek);
    boolean enabled =
        key.keyState() == KeyState.ENABLED && key.keyUsage() == KeyUsageType.ENCRYPT_DECRYPT;
    return new KekDescription(
        AwsKeyVersion.of(key).of(kek),
        "AWS KMS " + key.keySpecAsString() + ", origin " + key.originAsString(),
        enabled);
  }

  @Override
  public void close() {
    client.close();
  }

  private AwsKeyVersion usable(KekRef kek) {
    KeyMetadata key = metadata(kek);
    if (key.keyState() != KeyState.ENABLED) {
      throw new AccessDeniedException("KEK " + kek + " is " + key.keyStateAsString()
          + "; enable it, cancel its deletion, or name another KEK");
    }
    return AwsKeyVersion.of(key);
  }

  private KeyMetadata metadata(KekRef kek) {
    return failures.translating(
        kek.key(), () -> client.describeKey(request -> request.keyId(kek.key())).keyMetadata());
  }

  private KeyNotFoundException notHere(String what) {
    return new KeyNotFoundException("kms '" + name + "' has no KEK version " + what);
  }
}
