package dev.phial.gateway.engine;

import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.key.KeyId;
import dev.phial.crypto.key.KeyPurpose;
import dev.phial.gateway.keys.KeyResolver;
import dev.phial.gateway.keys.KeyRing;
import dev.phial.gateway.keys.KeysUnavailableException;
import dev.phial.gateway.keys.Pin;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Keysets that live in memory, with rotation, retirement and outages: a whole key resolver without a KMS. */
public final class InMemoryKeys implements KeyResolver {
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Ring> rings = new HashMap<>();
  private final Map<String, Pin> pins = new HashMap<>();
  private boolean down;

  @Override
  public synchronized CompletionStage<KeyRing> ring(String tenant, KeyPurpose purpose) {
    return down
        ? CompletableFuture.failedFuture(
            new KeysUnavailableException("kms local does not answer", new IOException("down")))
        : CompletableFuture.completedFuture(current(tenant, purpose));
  }

  @Override
  public CompletionStage<KeyRing> latest(String tenant, KeyPurpose purpose) {
    return ring(tenant, purpose);
  }

  @Override
  public synchronized CompletionStage<KeyRing> successor(
      String tenant, KeyPurpose purpose, int used) {
    if (!down && current(tenant, purpose).newest() <= used) {
      rotate(tenant, purpose);
    }
    return ring(tenant, purpose);
  }

  @Override
  public synchronized CompletionStage<Pin> pin(String tenant, String element) {
    return CompletableFuture.completedFuture(pins.computeIfAbsent(
        tenant + "/" + element,
        pin ->
            new Pin.Settled(current(tenant, KeyPurpose.TOKENIZE).primary().id().version())));
  }

  /** Brings an element's pin into any state. */
  public synchronized void pin(String tenant, String element, Pin pin) {
    pins.put(tenant + "/" + element, pin);
  }

  public synchronized void rotate(String tenant, KeyPurpose purpose) {
    rings.put(
        name(tenant, purpose), current(tenant, purpose).with(fresh(current(tenant, purpose))));
  }

  public synchronized void retire(String tenant, KeyPurpose purpose, int version) {
    rings.put(name(tenant, purpose), current(tenant, purpose).without(version));
  }

  public synchronized void down(boolean isDown) {
    down = isDown;
  }

  private Ring current(String tenant, KeyPurpose purpose) {
    return rings.computeIfAbsent(name(tenant, purpose), name -> {
      long id = random.nextLong();
      Ring empty = new Ring(id, purpose, 0, Map.of(), Map.of());
      return empty.with(fresh(empty));
    });
  }

  private static String name(String tenant, KeyPurpose purpose) {
    return tenant + "/" + purpose;
  }

  private DataKey fresh(Ring ring) {
    byte[] material = new byte[DataKey.LENGTH];
    random.nextBytes(material);
    return DataKey.of(new KeyId(ring.keysetId(), ring.newest() + 1), ring.purpose(), material);
  }

  private record Ring(
      long keysetId,
      KeyPurpose purpose,
      int newest,
      Map<Integer, DataKey> keys,
      Map<Integer, String> retired)
      implements KeyRing {

    Ring with(DataKey key) {
      Map<Integer, DataKey> more = new TreeMap<>(keys);
      more.put(key.id().version(), key);
      return new Ring(keysetId, purpose, key.id().version(), more, retired);
    }

    Ring without(int version) {
      Map<Integer, String> gone = new TreeMap<>(retired);
      gone.put(version, "disabled");
      return new Ring(keysetId, purpose, newest, keys, gone);
    }

    @Override
    public DataKey primary() {
      return java.util.Objects.requireNonNull(keys.get(newest));
    }

    @Override
    public Hold hold() {
      return () -> {};
    }

    @Override
    public List<DataKey> usable() {
      List<DataKey> usable = new ArrayList<>(keys.values());
      usable.removeIf(key -> retired.containsKey(key.id().version()));
      Collections.reverse(usable);
      return usable;
    }

    @Override
    public Lookup version(int version) {
      if (retired.containsKey(version)) {
        return new Lookup.Retired(String.valueOf(retired.get(version)));
      }
      DataKey key = keys.get(version);
      return key == null ? new Lookup.Unknown() : new Lookup.Usable(key);
    }
  }
}
