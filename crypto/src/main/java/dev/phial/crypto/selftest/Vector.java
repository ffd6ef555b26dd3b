package dev.phial.crypto.selftest;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.fips.FipsModuleException;
import java.util.List;
import java.util.Optional;

/** One published question with its answer. */
public sealed interface Vector permits Ff1Vector, GcmVector, HkdfVector, HmacVector, KeyWrapVector {

  /** What its publisher says of it. */
  Validity validity();

  /** The engines that have this algorithm. */
  List<Engine> engines();

  /**
   * Whether the published answer comes out.
   *
   * @throws FipsModuleException or IllegalArgumentException when the input is refused
   */
  boolean comesOut(FipsModule module, Engine engine);

  /** The limit of the build that the input is outside of, in words, if there is one. */
  Optional<String> outsideOf(Engine engine);

  /** Asks {@code engine}. */
  default Verdict ask(FipsModule module, Engine engine) {
    try {
      return answered(comesOut(module, engine));
    } catch (FipsModuleException | IllegalArgumentException e) {
      return refused(engine);
    }
  }

  private Verdict answered(boolean right) {
    if (validity() == Validity.INVALID) {
      return right ? new Verdict.Wrong() : new Verdict.Refused();
    }
    return right ? new Verdict.Passed() : new Verdict.Wrong();
  }

  private Verdict refused(Engine engine) {
    Optional<String> limit = outsideOf(engine);
    return switch (validity()) {
      case VALID -> limit.<Verdict>map(Verdict.NotApplicable::new).orElseGet(Verdict.Wrong::new);
      case INVALID, ACCEPTABLE -> new Verdict.Refused();
    };
  }
}
