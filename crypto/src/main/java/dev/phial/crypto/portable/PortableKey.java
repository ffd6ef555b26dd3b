package dev.phial.crypto.portable;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.key.Derivation;
import dev.phial.crypto.key.KeptKey;
import dev.phial.crypto.key.KeyAccess;
import dev.phial.crypto.key.KeyPurpose;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The wrapping key of portable messages: what the AWS Encryption SDK calls a raw AES key, with a namespace and a name. It is
 * derived from a data key for one element of one tenant, so that who is given it opens that element's portable messages and
 * nothing else. {@link #export} gives it to a customer.
 *
 * <p>Messages wrap their own keys under it with random 96-bit IVs, which are good for 2^32 messages over all processes
 * (SP 800-38D, 8.3); one process makes {@link #MOST_MESSAGES} at most. Thread-safe; usable while its data key lives.
 */
public final class PortableKey {
  /** The key namespace of every wrapping key. */
  public static final String NAMESPACE = "phial";

  /** The most messages that one process makes under one wrapping key: 256 processes stay within 2^32. */
  public static final long MOST_MESSAGES = 1L << 24;

  private static final String LABEL = "phial portable 1";

  private final DataKey dataKey;
  private final String name;
  private final KeptKey material;
  private final AtomicLong messages = new AtomicLong();

  private PortableKey(DataKey dataKey, String name, KeptKey material) {
    this.dataKey = dataKey;
    this.name = name;
    this.material = material;
  }

  /**
   * The wrapping key of an element.
   *
   * @throws IllegalArgumentException when the key is not for {@link KeyPurpose#ENCRYPT}
   * @throws dev.phial.crypto.key.KeyDestroyedException when the key was destroyed
   */
  public static PortableKey of(FipsModule module, DataKey key, String tenant, String element) {
    key.requirePurpose(KeyPurpose.ENCRYPT);
    KeptKey material = new Derivation(module)
        .withSubkey(
            KeyAccess.toKeyMaterial(),
            key,
            LABEL,
            tenant,
            element,
            subkey -> KeptKey.of(key, subkey));
    return new PortableKey(key, name(key, tenant, element), material);
  }

  private static String name(DataKey key, String tenant, String element) {
    return String.join(
        "/",
        tenant,
        element,
        HexFormat.of().toHexDigits(key.id().keyset()),
        Integer.toString(key.id().version()));
  }

  /** The key name: tenant, element, keyset id in hex, and version, with slashes between them. */
  public String name() {
    return name;
  }

  /**
   * The 32 bytes themselves, for a keyring outside. Whoever has them opens all portable messages of this element and key
   * version, for ever: there is no taking back but to destroy the messages.
   */
  public byte[] export(KeyAccess access) {
    Objects.requireNonNull(access, "access");
    return usable();
  }

  /** A copy, for one message. */
  byte[] usable() {
    return material.use(KeyAccess.toKeyMaterial(), byte[]::clone);
  }

  void countMessage() {
    if (messages.incrementAndGet() > MOST_MESSAGES) {
      throw new IllegalStateException("this process has made " + MOST_MESSAGES
          + " portable messages under one wrapping key: rotate the keyset");
    }
  }

  @Override
  public String toString() {
    return "PortableKey[" + dataKey + "]";
  }
}
