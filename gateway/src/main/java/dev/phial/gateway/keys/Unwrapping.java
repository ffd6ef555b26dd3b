package dev.phial.gateway.keys;

import dev.phial.gateway.store.StoredKeyset;
import dev.phial.gateway.store.StoredVersion;
import dev.phial.kms.AccessDeniedException;
import dev.phial.kms.InvalidWrappedKeyException;
import dev.phial.kms.KmsUnavailableException;
import dev.phial.kms.WrappedKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Opens data keys. One that two KEKs wrap is opened by the first, and by the second when the first fails or is silent for so
 * long that callers would give up; what the first says afterwards is wiped. Whatever opens it, it is given out only if it is
 * the key that was wrapped (threat T48), so neither form can be used to slip in another key.
 */
final class Unwrapping {
  /** A KMS that works answers in tenths of a second; a call has ten seconds. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Services services;
  private final Detours detours;

  Unwrapping(Services services, Detours detours) {
    this.services = services;
    this.detours = detours;
  }

  /** The bytes of a data key; the caller wipes them. */
  CompletionStage<byte[]> open(StoredKeyset keyset, StoredVersion version) {
    Expected expected = Expected.of(keyset, version);
    return version
        .second()
        .map(second -> either(keyset, version, second, expected))
        .orElseGet(() -> open(version.wrapped(), expected));
  }

  /** What one KEK opens. */
  CompletionStage<byte[]> open(WrappedKey wrapped, Expected expected) {
    return services
        .unwrap(wrapped, expected.context())
        .thenApply(material -> expected.require(wrapped, material));
  }

  private CompletionStage<byte[]> either(
      StoredKeyset keyset, StoredVersion version, WrappedKey second, Expected expected) {
    CompletableFuture<byte[]> answer = new CompletableFuture<>();
    CompletableFuture<@Nullable SecondKek> turn = new CompletableFuture<>();
    turn.completeOnTimeout(SecondKek.SILENT, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    CompletableFuture<byte[]> byFirst = started(version.wrapped(), expected)
        .whenComplete((material, failure) -> {
          if (failure == null) {
            if (give(answer, material)) {
              detours.straight(keyset, version);
            }
            turn.cancel(false);
          } else {
            turn.complete(reason(failure));
          }
        });
    CompletableFuture<byte[]> bySecond =
        turn.thenCompose(why -> started(second, expected).whenComplete((material, failure) -> {
          if (failure == null && give(answer, material)) {
            detours.detour(keyset, version, second, why);
          }
        }));
    var unused = byFirst
        .handle((material, failure) -> failure)
        .thenCombine(
            bySecond.handle((material, failure) -> failure),
            (one, other) ->
                one != null && other != null && answer.completeExceptionally(both(one, other)));
    return answer;
  }

  /** Of two answers the first counts. */
  private static boolean give(CompletableFuture<byte[]> answer, byte[] material) {
    boolean given = answer.complete(material);
    if (!given) {
      Arrays.fill(material, (byte) 0);
    }
    return given;
  }

  /** A service that throws must not keep the other from its turn. */
  private CompletableFuture<byte[]> started(WrappedKey wrapped, Expected expected) {
    try {
      return open(wrapped, expected).toCompletableFuture();
    } catch (RuntimeException | AssertionError e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static SecondKek reason(Throwable failure) {
    Throwable cause = Refusals.cause(failure);
    if (cause instanceof InvalidWrappedKeyException || cause instanceof IllegalStateException) {
      return SecondKek.WRONG;
    }
    // Also when the configuration has no such KMS any more.
    return Refusals.isFinal(cause) || cause instanceof IllegalArgumentException
        ? SecondKek.REFUSED
        : SecondKek.UNAVAILABLE;
  }

  /** Taken away is a key only when both KEKs are: one that is silent may still give it. */
  private static RuntimeException both(Throwable first, Throwable second) {
    String message = "neither KEK opens the data key: " + Refusals.cause(first).getMessage()
        + "; and: " + Refusals.cause(second).getMessage();
    RuntimeException failure = Refusals.isFinal(first) && Refusals.isFinal(second)
        ? new AccessDeniedException(message, Refusals.cause(second))
        : KmsUnavailableException.passing(message, Refusals.cause(second));
    failure.addSuppressed(Refusals.cause(first));
    return failure;
  }
}
