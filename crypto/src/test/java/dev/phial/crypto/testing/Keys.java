package dev.phial.crypto.testing;

import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.key.KeyId;
import dev.phial.crypto.key.KeyPurpose;
import java.util.Arrays;

/** Fixed keys: nothing is protected by them. */
public final class Keys {
  private Keys() {}

  /** A key whose 32 bytes are all {@code fill}. */
  public static DataKey filled(KeyPurpose purpose, long keyset, int version, int fill) {
    byte[] material = new byte[DataKey.LENGTH];
    Arrays.fill(material, (byte) fill);
    return DataKey.of(new KeyId(keyset, version), purpose, material);
  }

  public static DataKey encrypt() {
    return filled(KeyPurpose.ENCRYPT, 0x1122334455667788L, 1, 0x11);
  }

  public static DataKey tokenize() {
    return filled(KeyPurpose.TOKENIZE, 0x2233445566778899L, 1, 0x22);
  }

  public static DataKey index() {
    return filled(KeyPurpose.INDEX, 0x33445566778899aaL, 1, 0x33);
  }
}
