package dev.phial.gateway.grpc;

import dev.phial.gateway.engine.Outcome;
import dev.phial.gateway.engine.RefusalCode;
import dev.phial.proto.v1.Refusal;
import java.util.function.Function;

/**
 * What an outcome means to a caller of this protocol.
 *
 * @param <R> the response message
 */
sealed interface Verdict<R> {

  /** The item is answered. */
  record Given<R>(R response) implements Verdict<R> {}

  /** The item is refused. */
  record Denied<R>(Outcome.Refused refused) implements Verdict<R> {}

  /** The verdict on an item to protect. */
  static <R> Verdict<R> protecting(Outcome outcome, Function<Outcome.Protected, R> response) {
    if (outcome instanceof Outcome.Protected made) {
      return new Given<>(response.apply(made));
    }
    return other(outcome);
  }

  /** The verdict on an item to reveal. */
  static <R> Verdict<R> revealing(Outcome outcome, Function<Outcome.Revealed, R> response) {
    if (outcome instanceof Outcome.Revealed revealed) {
      return new Given<>(response.apply(revealed));
    }
    if (outcome instanceof Outcome.Withheld) {
      return new Denied<>(new Outcome.Refused(
          RefusalCode.PERMISSION_DENIED,
          "the policy withholds this element from the caller for the purpose of the call"));
    }
    return other(outcome);
  }

  /** The verdict on an item to index. */
  static <R> Verdict<R> indexing(Outcome outcome, Function<Outcome.Indexed, R> response) {
    if (outcome instanceof Outcome.Indexed made) {
      return new Given<>(response.apply(made));
    }
    return other(outcome);
  }

  private static <R> Verdict<R> other(Outcome outcome) {
    if (outcome instanceof Outcome.Refused refused) {
      return new Denied<>(refused);
    }
    throw new IllegalStateException("the engine gave an outcome of the wrong kind");
  }

  /** As the answer to a call about one element. */
  default R orThrow(String element, String requestId) {
    if (this instanceof Denied<R> denied) {
      throw Refusals.status(denied.refused(), element, requestId);
    }
    return ((Given<R>) this).response();
  }

  /** As the result of one item of a batch. */
  default <T> T result(Function<R, T> given, Function<Refusal, T> refused) {
    if (this instanceof Denied<R> denied) {
      return refused.apply(Refusals.of(denied.refused()));
    }
    return given.apply(((Given<R>) this).response());
  }
}
