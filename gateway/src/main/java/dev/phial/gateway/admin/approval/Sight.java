package dev.phial.gateway.admin.approval;

import java.util.List;
import java.util.Optional;

/**
 * What an operation would do, as things are at this moment.
 *
 * @param state stands for all that the operation depends on, such as {@code revision 7}: when it is another at the approval,
 *     the approval is refused
 * @param effects what would be done, in sentences for the one who approves; no values of patients
 * @param already the answer, when all of it has been done already and nobody needs to approve anything
 * @param <R> what the operation answers
 */
public record Sight<R>(String state, List<String> effects, Optional<R> already) {
  public Sight {
    effects = List.copyOf(effects);
  }

  /** There is something to do. */
  public static <R> Sight<R> of(String state, List<String> effects) {
    return new Sight<>(state, effects, Optional.empty());
  }

  /** There is nothing left to do. */
  public static <R> Sight<R> nothing(R answer) {
    return new Sight<>("", List.of(), Optional.of(answer));
  }
}
