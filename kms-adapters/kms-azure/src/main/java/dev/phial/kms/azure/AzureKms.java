package dev.phial.kms.azure;

import dev.phial.kms.AccessDeniedException;
import dev.phial.kms.BlockingKms;
import dev.phial.kms.KekDescription;
import dev.phial.kms.KekRef;
import dev.phial.kms.KekVersion;
import dev.phial.kms.KmsUnavailableException;
import dev.phial.kms.WrapContext;
import dev.phial.kms.WrapFrame;
import dev.phial.kms.WrappedKey;
import java.security.GeneralSecurityException;
import java.util.Arrays;

/** KEKs in Azure Key Vault or a Managed HSM. {@link BoundKey} binds the context. */
final class AzureKms implements BlockingKms {
  private final String name;
  private final VaultKeys keys;

  AzureKms(String name, VaultKeys keys) {
    this.name = name;
    this.keys = keys;
  }

  @Override
  public WrappedKey wrap(KekRef kek, byte[] key, WrapContext context) {
    VaultKey version = usable(kek);
    byte[] fresh = new byte[0];
    try {
      fresh = BoundKey.fresh();
      byte[] wrappedFresh = keys.wrap(kek.key(), version, fresh);
      BoundKey bound = BoundKey.seal(fresh, wrappedFresh, version.version(), key, context);
      return WrappedKey.of(new KekVersion(kek, version.version()), WrapFrame.around(bound.bytes()));
    } catch (GeneralSecurityException e) {
      throw KmsUnavailableException.lasting(
          "kms '" + name + "': the approved module refuses to wrap", e);
    } finally {
      Arrays.fill(fresh, (byte) 0);
    }
  }

  @Override
  public byte[] unwrap(WrappedKey wrapped, WrapContext context) {
    KekVersion version = wrapped.kekVersion();
    String kek = version.kek().key();
    BoundKey bound = BoundKey.parse(wrapped, WrapFrame.open(wrapped));
    VaultKey vaultKey = keys.version(kek, version.id());
    byte[] fresh = keys.unwrap(kek, vaultKey, bound.wrappedFresh());
    try {
      return bound.open(fresh, version, context);
    } finally {
      Arrays.fill(fresh, (byte) 0);
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
    VaultKey key = keys.current(kek.key());
    return new KekDescription(
        new KekVersion(kek, key.version()),
        "Azure Key Vault " + key.type() + ", " + key.algorithm() + " over AES-256-GCM",
        key.fit());
  }

  @Override
  public void close() {
    // The JDK's HTTP client ends with its last reference.
  }

  private VaultKey usable(KekRef kek) {
    VaultKey key = keys.current(kek.key());
    if (!key.fit()) {
      throw new AccessDeniedException("KEK " + kek + " is a " + key.type() + " key that is "
          + (key.enabled()
              ? "not for wrapping; name an RSA or oct-HSM key"
              : "disabled; enable it"));
    }
    return key;
  }
}
