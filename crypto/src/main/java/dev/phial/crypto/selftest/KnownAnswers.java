package dev.phial.crypto.selftest;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.fips.FipsModuleException;
import dev.phial.crypto.fips.ModuleInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Asks the started module and this library everything whose answer is built in. For one run; not thread-safe. */
public final class KnownAnswers {
  private final FipsModule module;
  private final List<KnownAnswer> answers = new ArrayList<>();

  private KnownAnswers(FipsModule module) {
    this.module = module;
  }

  /** All of them, in the order asked. Does not fail: what threw is not right. */
  public static List<KnownAnswer> ask(FipsModule module) {
    KnownAnswers run = new KnownAnswers(module);
    run.module();
    run.published();
    run.frozen();
    return List.copyOf(run.answers);
  }

  private void module() {
    ModuleInfo info = module.info();
    add("module jar is a known one", () -> true, info.version() + ", SHA-256 " + info.jarSha256());
    add("module is ready, first, and approved-only in every thread", module::healthy, info.name());
    add("approved-only mode", info::approvedOnly, "native code: " + info.nativeVariant());
    add("two draws of the approved generator differ", this::drawsDiffer, "");
  }

  private boolean drawsDiffer() {
    byte[] one = new byte[32];
    byte[] other = new byte[32];
    module.random().nextBytes(one);
    module.random().nextBytes(other);
    return !Arrays.equals(one, other);
  }

  private void published() {
    PublishedAnswers.VECTORS.forEach(this::vector);
    PublishedAnswers.XAES.forEach(
        sample -> add(sample.what(), () -> sample.comesOut(module), sample.source()));
    add(
        "SP 800-108 KDF, counter mode",
        () -> PublishedAnswers.counterKdfIsItsDefinition(module),
        "against its definition over HMAC-SHA-256");
  }

  private void vector(PublishedAnswers.Named named) {
    for (Engine engine : named.vector().engines()) {
      add(
          named.what() + ", " + engine.label(),
          () -> named.vector().ask(module, engine) instanceof Verdict.Passed,
          named.source());
    }
  }

  private void frozen() {
    add("envelope, format 1", () -> FrozenAnswers.envelopeOpens(module), "frozen");
    add("envelope, one bit changed, is refused", () -> FrozenAnswers.changedIsRefused(module), "");
    add("record, format 2", () -> FrozenAnswers.recordOpens(module), "frozen");
    add("token, both engines", () -> FrozenAnswers.tokenIsMade(module), "frozen");
    add("index digest", () -> FrozenAnswers.digestIsMade(module), "frozen");
  }

  private void add(String what, BooleanSupplier question, String note) {
    answers.add(new KnownAnswer(what, holds(question), note));
  }

  private static boolean holds(BooleanSupplier question) {
    try {
      return question.getAsBoolean();
    } catch (FipsModuleException | IllegalArgumentException | IllegalStateException e) {
      return false;
    }
  }
}
