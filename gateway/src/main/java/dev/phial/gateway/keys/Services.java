package dev.phial.gateway.keys;

import dev.phial.kms.AccessDeniedException;
import dev.phial.kms.KekDescription;
import dev.phial.kms.KekRef;
import dev.phial.kms.KekVersion;
import dev.phial.kms.KeyNotFoundException;
import dev.phial.kms.Kms;
import dev.phial.kms.KmsUnavailableException;
import dev.phial.kms.WrapContext;
import dev.phial.kms.WrappedKey;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The KMSs by name, and of those that wrap for somebody whether they do at this moment. Each is watched for itself: an outage
 * of one tenant's KMS says nothing of another's. Thread-safe.
 */
final class Services {
  private static final Logger LOG = LoggerFactory.getLogger(Services.class);

  private final Map<String, Kms> services;
  private final Set<String> away = ConcurrentHashMap.newKeySet();
  private final SortedMap<String, Reachability> reached = new TreeMap<>();

  /** @throws IllegalArgumentException when a KMS of the choice is missing */
  Services(Map<String, Kms> services, KekChoice choice) {
    this.services = Map.copyOf(services);
    choice
        .all()
        .collect(Collectors.groupingBy(KekRef::kms))
        .forEach((name, keks) -> reached.put(name, reachability(keks)));
  }

  private Reachability reachability(List<KekRef> keks) {
    String name = keks.get(0).kms();
    Kms service = service(keks.get(0));
    return new Reachability(() -> anyUsable(service, keks.iterator(), null)
        .whenComplete((usable, failure) -> tell(name, usable, failure)));
  }

  /** Once for each outage: why it is one, which may be a login that is refused. */
  private void tell(String name, @Nullable Boolean usable, @Nullable Throwable failure) {
    if (Boolean.TRUE.equals(usable)) {
      if (away.remove(name)) {
        LOG.info("kms '{}' can be used again", name);
      }
    } else if (away.add(name)) {
      String why = failure == null
          ? "its KEK is disabled"
          : String.valueOf(Refusals.cause(failure).getMessage());
      LOG.warn("kms '{}' cannot be used; what needs it is refused: {}", name, why);
    }
  }

  CompletionStage<WrappedKey> wrap(KekRef kek, byte[] material, WrapContext context) {
    return watched(kek, service(kek).wrap(kek, material, context));
  }

  CompletionStage<byte[]> unwrap(WrappedKey wrapped, WrapContext context) {
    KekRef kek = wrapped.kekVersion().kek();
    return watched(kek, service(kek).unwrap(wrapped, context));
  }

  /** Asks every KMS at once. The stage does not fail. */
  CompletionStage<Boolean> ask() {
    List<CompletableFuture<Boolean>> answers =
        reached.values().stream().map(one -> one.ask().toCompletableFuture()).toList();
    return CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new))
        .thenApply(all -> answers.stream().anyMatch(CompletableFuture::join));
  }

  /** The version of a KEK that wraps now. */
  CompletionStage<KekVersion> current(KekRef kek) {
    return watched(kek, service(kek).describe(kek)).thenApply(KekDescription::current);
  }

  /** Whether one of them wraps. Those that did not when last asked are asked again. */
  boolean anyReached() {
    return report().containsValue(true);
  }

  /** Each KMS by name, and whether it wraps. */
  Map<String, Boolean> report() {
    Map<String, Boolean> report = new TreeMap<>();
    reached.forEach((name, one) -> report.put(name, one.now()));
    return report;
  }

  /** A KMS that is away answers for none of its keys; one that refuses a key may give the next. */
  private static CompletionStage<Boolean> anyUsable(
      Kms service, Iterator<KekRef> keks, @Nullable Throwable refused) {
    if (!keks.hasNext()) {
      return refused == null
          ? CompletableFuture.completedStage(false)
          : CompletableFuture.failedStage(refused);
    }
    return service
        .describe(keks.next())
        .handle((kek, failure) -> {
          if (failure != null) {
            return Refusals.isFinal(failure)
                ? anyUsable(service, keks, failure)
                : CompletableFuture.<Boolean>failedStage(failure);
          }
          return kek.enabled()
              ? CompletableFuture.completedStage(true)
              : anyUsable(service, keks, refused);
        })
        .thenCompose(Function.identity());
  }

  private <T> CompletionStage<T> watched(KekRef kek, CompletionStage<T> call) {
    return call.whenComplete((answer, failure) -> {
      Reachability one = reached.get(kek.kms());
      Throwable cause = failure == null ? null : Refusals.cause(failure);
      if (one == null || cause == null) {
        return;
      }
      if (cause instanceof KmsUnavailableException) {
        one.lost();
      } else if (cause instanceof AccessDeniedException || cause instanceof KeyNotFoundException) {
        one.doubt();
      }
    });
  }

  private Kms service(KekRef ref) {
    Kms service = services.get(ref.kms());
    if (service == null) {
      throw new IllegalArgumentException(
          "no kms '" + ref.kms() + "' is configured, but a KEK of it is in use; add it under kms");
    }
    return service;
  }
}
