package dev.phial.crypto.portable;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.key.Derivation;
import dev.phial.crypto.key.KeptKey;
import dev.phial.crypto.key.KeyAccess;
import dev.phial.crypto.key.KeyPurpose;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The wrapping key of portable messages: what the AWS Encryption SDK calls a raw AES key, with a namespace and a name.
 *
 * <ul>
 *   <li>{@link #of Derived} from a data key for one element of one tenant: who is given it opens that element's portable
 *       messages and nothing else. {@link #export} gives it to a customer. Usable while its data key lives.
 *   <li>{@link #held Held} by somebody outside, who gave it for a hand-over ({@link PortableKeyFile}).
 * </ul>
 *
 * <p>Messages wrap their own keys under it with random 96-bit IVs, which are good for 2^32 messages over all processes
 * (SP 800-38D, 8.3); one process makes {@link #MOST_MESSAGES} at most. Thread-safe.
 */
public final class PortableKey {
  /** The key namespace of every derived wrapping key. */
  public static final String NAMESPACE = "phial";

  /** Bytes of a wrapping key. */
  public static final int LENGTH = 32;

  /** The most messages that one process makes under one wrapping key: 256 processes stay within 2^32. */
  public static final long MOST_MESSAGES = 1L << 24;

  private static final String LABEL = "phial portable 1";

  private static final int MOST_NAME = 4096;

  private final String origin;
  private final String namespace;
  private final String name;
  private final KeptKey material;
  private final AtomicLong messages = new AtomicLong();

  private PortableKey(String origin, String namespace, String name, KeptKey material) {
    this.origin = origin;
    this.namespace = namespace;
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
    return new PortableKey(key.toString(), NAMESPACE, name(key, tenant, element), material);
  }

  /**
   * The key that a holder outside has under a namespace and a name of its own. Takes a copy of {@code material}.
   *
   * @throws IllegalArgumentException when it has not 32 bytes, or namespace or name is empty, too long, or of the SDK's own
   */
  public static PortableKey held(String namespace, String name, byte[] material) {
    requireName("namespace", namespace);
    requireName("name", name);
    if (namespace.startsWith("aws-kms")) {
      throw new IllegalArgumentException("the key namespace aws-kms is of keys in AWS KMS");
    }
    if (material.length != LENGTH) {
      throw new IllegalArgumentException("a wrapping key has 256 bits");
    }
    return new PortableKey("held", namespace, name, KeptKey.ofHolder("a held key", material));
  }

  private static void requireName(String what, String text) {
    boolean encodable = StandardCharsets.UTF_8.newEncoder().canEncode(text);
    if (text.isEmpty() || text.length() > MOST_NAME || !encodable) {
      throw new IllegalArgumentException(
          "a key " + what + " has 1 to " + MOST_NAME + " characters, and a UTF-8 form");
    }
  }

  private static String name(DataKey key, String tenant, String element) {
    return String.join(
        "/",
        tenant,
        element,
        HexFormat.of().toHexDigits(key.id().keyset()),
        Integer.toString(key.id().version()));
  }

  /** The key namespace, which the SDK also calls provider id. */
  public String namespace() {
    return namespace;
  }

  /** The key name. Of a derived key: tenant, element, keyset id in hex, and version, with slashes between them. */
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
      throw new IllegalStateException(
          "this process has made " + MOST_MESSAGES
              + " portable messages under one wrapping key: rotate the keyset, or agree on another key");
    }
  }

  @Override
  public String toString() {
    return "PortableKey[" + origin + "]";
  }
}
