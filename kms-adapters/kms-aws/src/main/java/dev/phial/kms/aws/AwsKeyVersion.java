package dev.phial.kms.aws;

import dev.phial.kms.KekRef;
import dev.phial.kms.KekVersion;
import dev.phial.kms.KeyNotFoundException;
import java.util.function.Function;
import software.amazon.awssdk.services.kms.model.KeyMetadata;

/**
 * A key and its material: {@code arn} or {@code arn@material}, where the service tells the material. The ARN opens: AWS
 * finds the material by itself. The material is there for the inventory, to tell what a rotation left behind.
 */
record AwsKeyVersion(String arn, String material) {

  static AwsKeyVersion of(KeyMetadata key) {
    String material = key.currentKeyMaterialId();
    return new AwsKeyVersion(key.arn(), material == null ? "" : material);
  }

  /**
   * Reads what {@link #of(KekRef)} wrote. An alias may point elsewhere by now, or be gone; a key id or ARN that does not fit
   * the version was put beside it by somebody else.
   */
  static AwsKeyVersion of(KekVersion version, Function<String, KeyNotFoundException> notFound) {
    String[] parts = version.id().split("@", 2);
    String key = version.kek().key();
    boolean alias = key.startsWith("alias/") || key.contains(":alias/");
    if (!parts[0].startsWith("arn:")
        || !(alias || parts[0].equals(key) || parts[0].endsWith("/" + key))) {
      throw notFound.apply(version.toString());
    }
    return new AwsKeyVersion(parts[0], parts.length == 2 ? parts[1] : "");
  }

  KekVersion of(KekRef kek) {
    return new KekVersion(kek, material.isEmpty() ? arn : arn + "@" + material);
  }
}
