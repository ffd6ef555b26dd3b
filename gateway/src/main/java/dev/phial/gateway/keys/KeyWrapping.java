package dev.phial.gateway.keys;

import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.key.KeyId;
import dev.phial.crypto.key.KeyPurpose;
import dev.phial.gateway.store.StoredKeyset;
import dev.phial.gateway.store.StoredVersion;
import dev.phial.gateway.store.VersionState;
import dev.phial.kms.KekRef;
import dev.phial.kms.KekVersion;
import dev.phial.kms.WrapContext;
import dev.phial.kms.WrappedKey;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Makes and opens data keys: the one place where their bytes are seen, and wiped, outside of the crypto module. Stages
 * fail with a {@code KmsException}, with an {@link IllegalStateException} when what came back is not the key, or with a
 * {@link KeyStateException} when the tenant has no KEK.
 */
final class KeyWrapping {
  private final Services services;
  private final KekChoice choice;
  private final Unwrapping unwrapping;
  private final SecureRandom random;
  private final InstantSource clock;
  private final Usages usages;

  KeyWrapping(
      Services services,
      KekChoice choice,
      KeyEvents events,
      SecureRandom random,
      InstantSource clock,
      Usages usages) {
    this.services = services;
    this.choice = choice;
    this.unwrapping = new Unwrapping(services, new Detours(events));
    this.random = random;
    this.clock = clock;
    this.usages = usages;
  }

  /**
   * A new random key for a version, wrapped under the tenant's KEKs: under both, when there are two, or not at all. The second
   * form is opened and checked, because nobody looks at it before the first is lost.
   */
  CompletionStage<FreshKey> create(KeysetName name, long keyset, int version) {
    Keks keks = choice.of(name.tenant());
    WrapContext context = new WrapContext(name.tenant(), name.purpose().name(), keyset, version);
    byte[] material = new byte[DataKey.LENGTH];
    random.nextBytes(material);
    try {
      DataKey key = key(new KeyId(keyset, version), name.purpose(), material);
      Expected expected = new Expected(version, KeyCheck.of(material, context), context);
      return services
          .wrap(keks.first(), material, context)
          .thenCombine(
              second(keks, material, expected), (first, second) -> stored(expected, first, second))
          .thenApply(stored -> new FreshKey(stored, key))
          .whenComplete((fresh, failure) -> destroyIf(failure != null, key));
    } finally {
      Arrays.fill(material, (byte) 0);
    }
  }

  private StoredVersion stored(Expected expected, WrappedKey first, Optional<WrappedKey> second) {
    return new StoredVersion(
        expected.version(),
        VersionState.ENABLED,
        clock.instant().truncatedTo(ChronoUnit.MILLIS),
        first,
        second,
        expected.check(),
        Optional.empty());
  }

  private static void destroyIf(boolean failed, DataKey key) {
    if (failed) {
      key.destroy();
    }
  }

  /**
   * The same version, its data key wrapped under the current versions of the tenant's KEKs and under no others. The new forms are
   * to replace the only ones there are, so the key is checked on the way in, and each new form is opened and checked before anybody
   * stores it. A service's own rewrap shows neither. Of two KEKs that it had, either may be lost.
   */
  CompletionStage<StoredVersion> rewrap(StoredKeyset keyset, StoredVersion version) {
    Keks keks = choice.of(keyset.tenant());
    return unwrapping
        .open(keyset, version)
        .thenCompose(material -> wrapAgain(version, keks, material, Expected.of(keyset, version)));
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

  /** How a tenant's data keys are wrapped now. */
  CompletionStage<Wrapping> current(String tenant) {
    Keks keks = choice.of(tenant);
    CompletionStage<Optional<KekVersion>> second = keks.second()
        .map(kek -> services.current(kek).thenApply(Optional::of))
        .orElseGet(() -> CompletableFuture.completedStage(Optional.empty()));
    return services.current(keks.first()).thenCombine(second, Wrapping::new);
  }

  /**
   * Under which versions of which KEKs a data key is.
   *
   * @param first of the first KEK
   * @param second of the second, when there is one
   */
  record Wrapping(KekVersion first, Optional<KekVersion> second) {
    boolean isOf(StoredVersion version) {
      return version.wrapped().kekVersion().equals(first)
          && version.second().map(WrappedKey::kekVersion).equals(second);
    }
  }

  private CompletionStage<StoredVersion> wrapAgain(
      StoredVersion version, Keks keks, byte[] material, Expected expected) {
    try {
      return proven(keks.first(), material, expected)
          .thenCombine(second(keks, material, expected), version::under);
    } finally {
      Arrays.fill(material, (byte) 0);
    }
  }

  private CompletionStage<Optional<WrappedKey>> second(
      Keks keks, byte[] material, Expected expected) {
    return keks.second()
        .map(kek -> proven(kek, material, expected).thenApply(Optional::of))
        .orElseGet(() -> CompletableFuture.completedStage(Optional.empty()));
  }

  /** Wraps, and opens again to see that it is the key. */
  private CompletionStage<WrappedKey> proven(KekRef kek, byte[] material, Expected expected) {
    return services
        .wrap(kek, material, expected.context())
        .thenCompose(wrapped -> unwrapping.open(wrapped, expected).thenApply(opened -> {
          Arrays.fill(opened, (byte) 0);
          return wrapped;
        }));
  }

  /** The key of a stored version. */
  CompletionStage<DataKey> open(StoredKeyset keyset, StoredVersion version) {
    Keks unused = choice.of(keyset.tenant());
    KeyId id = new KeyId(keyset.id(), version.version());
    return unwrapping
        .open(keyset, version)
        .thenApply(material -> wiped(material, () -> key(id, keyset.purpose(), material)));
  }

  private static DataKey wiped(byte[] material, Supplier<DataKey> key) {
    try {
      return key.get();
    } finally {
      Arrays.fill(material, (byte) 0);
    }
  }

  private DataKey key(KeyId id, KeyPurpose purpose, byte[] material) {
    return DataKey.of(id, purpose, material, usages.of(id, purpose));
  }
}
