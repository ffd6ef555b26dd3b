package dev.phial.kms.kmip;

import dev.phial.kms.AccessDeniedException;
import dev.phial.kms.BlockingKms;
import dev.phial.kms.InvalidWrappedKeyException;
import dev.phial.kms.KekDescription;
import dev.phial.kms.KekRef;
import dev.phial.kms.KekVersion;
import dev.phial.kms.KeyNotFoundException;
import dev.phial.kms.Kms;
import dev.phial.kms.KmsException;
import dev.phial.kms.KmsUnavailableException;
import dev.phial.kms.WrapContext;
import dev.phial.kms.WrapFrame;
import dev.phial.kms.WrappedKey;
import java.util.Arrays;
import java.util.Optional;

/**
 * KEKs in a KMIP server, which encrypts and decrypts with them by AES-GCM and never gives them out. A version is the key's
 * unique identifier; after a re-key the name belongs to the new key, and the old one still opens.
 */
final class KmipKms implements BlockingKms {
  private static final byte[] PROBE = new byte[Kms.MIN_KEY_BYTES];

  private final String name;
  private final KmipKeys keys;

  KmipKms(String name, KmipClient client) {
    this.name = name;
    this.keys = new KmipKeys(client);
  }

  void createIfMissing(String kek) {
    try {
      if (keys.locate(kek).isEmpty()) {
        keys.create(kek);
      }
    } catch (KmipRefusal e) {
      throw refused(kek, e);
    }
  }

  @Override
  public WrappedKey wrap(KekRef kek, byte[] key, WrapContext context) {
    String id = current(kek);
    try {
      byte[] sealed = keys.encrypt(id, key, KmipGcm.associatedData(kek.key(), context));
      return WrappedKey.of(new KekVersion(kek, id), WrapFrame.around(sealed));
    } catch (KmipRefusal e) {
      throw refused(kek.key(), e);
    }
  }

  @Override
  public byte[] unwrap(WrappedKey wrapped, WrapContext context) {
    KekVersion version = wrapped.kekVersion();
    byte[] sealed = KmipGcm.checked(wrapped, WrapFrame.open(wrapped));
    String kek = version.kek().key();
    try {
      return keys.decrypt(version.id(), sealed, KmipGcm.associatedData(kek, context));
    } catch (KmipRefusal e) {
      throw notOpened(version, e);
    }
  }

  @Override
  public WrappedKey rewrap(WrappedKey wrapped, KekRef kek, WrapContext context) {
    byte[] key = unwrap(wrapped, context);
    try {
      return wrap(kek, key, context);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  @Override
  public KekDescription describe(KekRef kek) {
    String id = current(kek);
    return new KekDescription(
        new KekVersion(kek, id), "AES-GCM in a KMIP server", enabled(kek.key(), id));
  }

  @Override
  public void close() {
    // Each call has a connection of its own.
  }

  private boolean enabled(String kek, String id) {
    try {
      return keys.active(id);
    } catch (KmipRefusal e) {
      throw refused(kek, e);
    }
  }

  private String current(KekRef kek) {
    try {
      Optional<String> id = keys.locate(kek.key());
      return id.orElseThrow(() -> new KeyNotFoundException(
          "kms '" + name + "': the KMIP server shows us no key with the name '" + kek.key() + "'"));
    } catch (KmipRefusal e) {
      throw refused(kek.key(), e);
    }
  }

  /**
   * Servers say that a tag is wrong by a cryptographic failure, some by a general one, as for a fault of their own. So the key
   * is tried before somebody is accused of tampering.
   */
  private KmsException notOpened(KekVersion version, KmipRefusal e) {
    boolean suspicious = e.reason() == KmipRefusal.CRYPTOGRAPHIC_FAILURE
        || e.reason() == KmipRefusal.GENERAL_FAILURE;
    if (!suspicious || !works(version.id())) {
      return refused(version.kek().key(), e);
    }
    String unused = current(version.kek());
    return new InvalidWrappedKeyException(
        "not a key that " + version + " wrapped for this use: tampered with, or another tenant's,"
            + " purpose's or version's",
        e);
  }

  private boolean works(String id) {
    try {
      return keys.encrypt(id, PROBE, PROBE).length > 0;
    } catch (KmipRefusal e) {
      return false;
    }
  }

  private KmsException refused(String kek, KmipRefusal e) {
    String who = "kms '" + name + "': the KMIP server ";
    return switch (e.reason()) {
      case KmipRefusal.ITEM_NOT_FOUND ->
        new KeyNotFoundException(who + "has no such version of key '" + kek + "'", e);
      case KmipRefusal.PERMISSION_DENIED, KmipRefusal.OBJECT_ARCHIVED ->
        new AccessDeniedException(
            who + "does not let us use key '" + kek + "', or it is not active", e);
      case KmipRefusal.AUTHENTICATION_NOT_SUCCESSFUL ->
        new AccessDeniedException(who + "does not accept our certificate", e);
      case KmipRefusal.GENERAL_FAILURE, 0 -> KmsUnavailableException.passing(who + "fails", e);
      default ->
        KmsUnavailableException.lasting(
            who + "does not do this with key '" + kek + "' (" + e.getMessage() + ")", e);
    };
  }
}
