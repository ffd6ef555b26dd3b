package dev.phial.kms.kmip;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Keys of a KMIP server, and what is done with them. */
final class KmipKeys {
  private static final int KEK_BITS = 256;

  private final KmipClient client;

  KmipKeys(KmipClient client) {
    this.client = client;
  }

  /** The unique identifier of the symmetric key with a name. */
  Optional<String> locate(String name) throws KmipRefusal {
    Ttlv found = client.call(
        KmipOperation.LOCATE,
        attribute("Name", named(name)),
        attribute("Object Type", Ttlv.enumeration(Tag.ATTRIBUTE_VALUE, Tag.SYMMETRIC_KEY)));
    List<String> ids = found.all(Tag.UNIQUE_IDENTIFIER).stream()
        .map(Ttlv::text)
        .filter(id -> !id.isEmpty())
        .toList();
    return ids.size() > 1 ? only(ids) : ids.stream().findFirst();
  }

  /** Of several keys with one name, the one that is active; an ambiguous name is as good as none. */
  private Optional<String> only(List<String> ids) throws KmipRefusal {
    Optional<String> found = Optional.empty();
    for (String id : ids) {
      if (active(id)) {
        if (found.isPresent()) {
          return Optional.empty();
        }
        found = Optional.of(id);
      }
    }
    return found;
  }

  boolean active(String id) throws KmipRefusal {
    Ttlv attributes = client.call(
        KmipOperation.GET_ATTRIBUTES,
        Ttlv.text(Tag.UNIQUE_IDENTIFIER, id),
        Ttlv.text(Tag.ATTRIBUTE_NAME, "State"));
    return attributes
        .find(Tag.ATTRIBUTE)
        .flatMap(state -> state.find(Tag.ATTRIBUTE_VALUE))
        .map(state -> state.number() == Tag.ACTIVE)
        .orElse(false);
  }

  /** Makes and activates an AES-256 key for encryption. */
  void create(String name) throws KmipRefusal {
    Ttlv made = client.call(
        KmipOperation.CREATE,
        Ttlv.enumeration(Tag.OBJECT_TYPE, Tag.SYMMETRIC_KEY),
        Ttlv.structure(
            Tag.TEMPLATE_ATTRIBUTE,
            attribute("Cryptographic Algorithm", Ttlv.enumeration(Tag.ATTRIBUTE_VALUE, Tag.AES)),
            attribute("Cryptographic Length", Ttlv.integer(Tag.ATTRIBUTE_VALUE, KEK_BITS)),
            attribute(
                "Cryptographic Usage Mask",
                Ttlv.integer(Tag.ATTRIBUTE_VALUE, Tag.ENCRYPT_AND_DECRYPT)),
            attribute("Name", named(name))));
    String id = made.find(Tag.UNIQUE_IDENTIFIER).map(Ttlv::text).orElse("");
    Ttlv unused = client.call(KmipOperation.ACTIVATE, Ttlv.text(Tag.UNIQUE_IDENTIFIER, id));
  }

  /** Gives {@code IV | ciphertext | tag}. */
  byte[] encrypt(String id, byte[] key, byte[] associated) throws KmipRefusal {
    byte[] iv = KmipGcm.iv();
    Ttlv answer = client.call(
        KmipOperation.ENCRYPT,
        Ttlv.text(Tag.UNIQUE_IDENTIFIER, id),
        parameters(),
        Ttlv.bytes(Tag.DATA, key),
        Ttlv.bytes(Tag.IV, iv),
        Ttlv.bytes(Tag.ASSOCIATED_DATA, associated));
    byte[] ciphertext = answer.find(Tag.DATA).map(Ttlv::bytes).orElse(new byte[0]);
    byte[] tag = answer.find(Tag.AUTHENTICATION_TAG).map(Ttlv::bytes).orElse(new byte[0]);
    if (ciphertext.length != key.length || tag.length != KmipGcm.TAG_BYTES) {
      throw new KmipRefusal(0);
    }
    return ByteBuffer.allocate(iv.length + ciphertext.length + tag.length)
        .put(iv)
        .put(ciphertext)
        .put(tag)
        .array();
  }

  byte[] decrypt(String id, byte[] sealed, byte[] associated) throws KmipRefusal {
    int tagAt = sealed.length - KmipGcm.TAG_BYTES;
    Ttlv answer = client.call(
        KmipOperation.DECRYPT,
        Ttlv.text(Tag.UNIQUE_IDENTIFIER, id),
        parameters(),
        Ttlv.bytes(Tag.DATA, Arrays.copyOfRange(sealed, KmipGcm.IV_BYTES, tagAt)),
        Ttlv.bytes(Tag.IV, Arrays.copyOf(sealed, KmipGcm.IV_BYTES)),
        Ttlv.bytes(Tag.ASSOCIATED_DATA, associated),
        Ttlv.bytes(Tag.AUTHENTICATION_TAG, Arrays.copyOfRange(sealed, tagAt, sealed.length)));
    byte[] key = answer.find(Tag.DATA).map(Ttlv::bytes).orElse(new byte[0]);
    if (key.length != tagAt - KmipGcm.IV_BYTES) {
      throw new KmipRefusal(0);
    }
    return key;
  }

  private static Ttlv parameters() {
    return Ttlv.structure(
        Tag.CRYPTOGRAPHIC_PARAMETERS,
        Ttlv.enumeration(Tag.BLOCK_CIPHER_MODE, Tag.GCM),
        Ttlv.enumeration(Tag.CRYPTOGRAPHIC_ALGORITHM, Tag.AES),
        Ttlv.integer(Tag.TAG_LENGTH, KmipGcm.TAG_BYTES));
  }

  private static Ttlv attribute(String name, Ttlv value) {
    return Ttlv.structure(Tag.ATTRIBUTE, Ttlv.text(Tag.ATTRIBUTE_NAME, name), value);
  }

  private static Ttlv named(String name) {
    return Ttlv.structure(
        Tag.ATTRIBUTE_VALUE,
        Ttlv.text(Tag.NAME_VALUE, name),
        Ttlv.enumeration(Tag.NAME_TYPE, Tag.TEXT_NAME));
  }
}
