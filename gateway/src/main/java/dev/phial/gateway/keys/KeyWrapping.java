package dev.phial.gateway.keys;

import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.key.KeyId;
import dev.phial.crypto.key.KeyPurpose;
import dev.phial.gateway.store.StoredKeyset;
import dev.phial.gateway.store.StoredVersion;
import dev.phial.gateway.store.VersionState;
import dev.phial.kms.KekDescription;
import dev.phial.kms.KekRef;
import dev.phial.kms.KekVersion;
import dev.phial.kms.Kms;
import dev.phial.kms.WrapContext;
import dev.phial.kms.WrappedKey;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * Makes and opens data keys: the one place where their bytes are seen, and wiped, outside of the crypto module. Stages
 * fail with a {@code KmsException}, or with an {@link IllegalStateException} when what came back is not the key.
 */
final class KeyWrapping {
  private final Map<String, Kms> services;
  private final KekRef kek;
  private final SecureRandom random;
  private final InstantSource clock;
  private final Usages usages;

  KeyWrapping(
      Map<String, Kms> services,
      KekRef kek,
      SecureRandom random,
      InstantSource clock,
      Usages usages) {
    this.services = Map.copyOf(services);
    this.kek = kek;
    this.random = random;
    this.clock = clock;
    this.usages = usages;
    service(kek);
  }

  /** A new random key for a version, wrapped under the default KEK. */
  CompletionStage<FreshKey> create(KeysetName name, long keyset, int version) {
    WrapContext context = context(name, keyset, version);
    byte[] material = new byte[DataKey.LENGTH];
    random.nextBytes(material);
    try {
      DataKey key = key(new KeyId(keyset, version), name.purpose(), material);
      String check = KeyCheck.of(material, context);
      return service(kek)
          .wrap(kek, material, context)
          .thenApply(wrapped -> new FreshKey(version(version, wrapped, check), key))
          .whenComplete((fresh, failure) -> destroyIf(failure != null, key));
    } finally {
      Arrays.fill(material, (byte) 0);
    }
  }

  private StoredVersion version(int version, WrappedKey wrapped, String check) {
    return new StoredVersion(
        version,
        VersionState.ENABLED,
        clock.instant().truncatedTo(ChronoUnit.MILLIS),
        wrapped,
        check);
  }

  private static void destroyIf(boolean failed, DataKey key) {
    if (failed) {
      key.destroy();
    }
  }

  /**
   * The same version, its data key wrapped under the current version of the default KEK. The new form is to replace the only
   * other one, so the key is checked on the way in, and the new form is opened and checked before anybody stores it. A
   * service's own rewrap shows neither.
   */
  CompletionStage<StoredVersion> rewrap(StoredKeyset keyset, StoredVersion version) {
    WrapContext context = context(keyset, version);
    return service(version.wrapped().kekVersion().kek())
        .unwrap(version.wrapped(), context)
        .thenCompose(material -> wrapAgain(version, material, context))
        .thenCompose(next -> open(keyset, next).thenApply(opened -> {
          opened.destroy();
          return next;
        }));
  }

  /** The next revision of a keyset, with these versions of it rewrapped; those that were destroyed never are. */
  CompletionStage<StoredKeyset> rewrap(StoredKeyset keyset, Predicate<StoredVersion> which) {
    CompletionStage<List<StoredVersion>> versions =
        CompletableFuture.completedStage(new ArrayList<>());
    for (StoredVersion version : keyset.versions()) {
      CompletionStage<StoredVersion> next =
          version.state() == VersionState.DESTROYED || !which.test(version)
              ? CompletableFuture.completedStage(version)
              : rewrap(keyset, version);
      versions = versions.thenCombine(next, (all, one) -> {
        all.add(one);
        return all;
      });
    }
    return versions.thenApply(keyset::with);
  }

  /** The version of the default KEK that wraps now. */
  CompletionStage<KekVersion> current() {
    return service(kek).describe(kek).thenApply(KekDescription::current);
  }

  private CompletionStage<StoredVersion> wrapAgain(
      StoredVersion version, byte[] material, WrapContext context) {
    try {
      requireRight(version, material, context);
      return service(kek).wrap(kek, material, context).thenApply(version::under);
    } finally {
      Arrays.fill(material, (byte) 0);
    }
  }

  /** The key of a stored version. */
  CompletionStage<DataKey> open(StoredKeyset keyset, StoredVersion version) {
    WrapContext context = context(keyset, version);
    return service(version.wrapped().kekVersion().kek())
        .unwrap(version.wrapped(), context)
        .thenApply(material -> key(keyset, version, material, context));
  }

  /** Whether the KMS would wrap at this moment. */
  CompletionStage<Boolean> check() {
    return service(kek).describe(kek).thenApply(KekDescription::enabled);
  }

  private static WrapContext context(StoredKeyset keyset, StoredVersion version) {
    return context(
        new KeysetName(keyset.tenant(), keyset.purpose()), keyset.id(), version.version());
  }

  private DataKey key(KeyId id, KeyPurpose purpose, byte[] material) {
    return DataKey.of(id, purpose, material, usages.of(id, purpose));
  }

  private DataKey key(
      StoredKeyset keyset, StoredVersion version, byte[] material, WrapContext context) {
    try {
      requireRight(version, material, context);
      return key(new KeyId(keyset.id(), version.version()), keyset.purpose(), material);
    } finally {
      Arrays.fill(material, (byte) 0);
    }
  }

  private static void requireRight(StoredVersion version, byte[] material, WrapContext context) {
    if (!KeyCheck.matches(version.check(), material, context)) {
      throw new IllegalStateException(
          "kms '" + version.wrapped().kekVersion().kek().kms()
              + "' unwrapped something that is not the key of version " + version.version());
    }
  }

  private Kms service(KekRef ref) {
    Kms service = services.get(ref.kms());
    if (service == null) {
      throw new IllegalArgumentException(
          "no kms '" + ref.kms() + "' is configured, but a KEK of it is in use; add it under kms");
    }
    return service;
  }

  private static WrapContext context(KeysetName name, long keyset, int version) {
    return new WrapContext(name.tenant(), name.purpose().name(), keyset, version);
  }
}
