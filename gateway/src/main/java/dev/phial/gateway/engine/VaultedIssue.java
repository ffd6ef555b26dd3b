package dev.phial.gateway.engine;

import dev.phial.crypto.context.DataContext;
import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.token.RandomTokens;
import dev.phial.gateway.engine.ElementProtector.Subject;
import dev.phial.gateway.policy.Protection.Vaulted;
import dev.phial.gateway.store.StoredToken;
import dev.phial.gateway.store.TokenState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One batch of values on their way to tokens: look which have one, draw tokens for the others, add them, and begin again with
 * those whose token was taken meanwhile or whose value somebody else was faster with. One round trip to the store for each
 * step. For one batch; its steps follow each other.
 */
final class VaultedIssue {
  /** Draws for one value. Only a space that is nearly used up, or a broken generator, needs as many. */
  static final int TRIES = 8;

  private final VaultedTools tools;
  private final Subject subject;
  private final Vaulted rule;
  private final DataKey key;
  private final RandomTokens tokens;
  private final Outcome[] outcomes;
  private List<Slot> pending;

  /**
   * @param key seals the values
   * @param outcomes where the outcomes of the slots' places go
   */
  VaultedIssue(
      VaultedTools tools, Subject subject, DataKey key, List<Slot> slots, Outcome[] outcomes) {
    this.tools = tools;
    this.subject = subject;
    this.rule = (Vaulted) subject.element().protection();
    this.key = key;
    this.tokens = tools.tokens(rule);
    this.pending = slots;
    this.outcomes = outcomes;
  }

  /** Completes when every slot's places have their outcomes. */
  CompletionStage<Void> run() {
    return run(TRIES);
  }

  private CompletionStage<Void> run(int tries) {
    if (pending.isEmpty()) {
      return CompletableFuture.completedStage(null);
    }
    if (tries == 0) {
      pending.forEach(slot -> decide(slot, noneFree()));
      return CompletableFuture.completedStage(null);
    }
    return known().thenCompose(known -> add(known, tries));
  }

  private CompletionStage<List<StoredToken>> known() {
    List<String> digests =
        pending.stream().flatMap(slot -> slot.digest().stream()).toList();
    return tools.store().byDigest(subject.tenant(), subject.element().name(), digests);
  }

  private CompletionStage<Void> add(List<StoredToken> known, int tries) {
    Instant now = tools.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    takeKnown(known, now);
    return CompletableFuture.supplyAsync(() -> drawn(now), tools.pool())
        .thenCompose(rows -> tools.store().insert(rows, now).thenCompose(added -> {
          takeAdded(rows, added);
          return run(tries - 1);
        }));
  }

  /** A disabled token is its value's all the same: it opens for nobody until it is enabled. */
  private void takeKnown(List<StoredToken> known, Instant now) {
    Map<String, StoredToken> byDigest = new HashMap<>();
    for (StoredToken token : known) {
      if (!token.expiredAt(now)) {
        token.digest().ifPresent(digest -> byDigest.put(digest, token));
      }
    }
    List<Slot> unknown = new ArrayList<>();
    for (Slot slot : pending) {
      Optional<StoredToken> found =
          slot.digest().flatMap(digest -> Optional.ofNullable(byDigest.get(digest)));
      found.ifPresentOrElse(token -> decide(slot, made(token)), () -> unknown.add(slot));
    }
    pending = unknown;
  }

  private List<StoredToken> drawn(Instant now) {
    return pending.stream().map(slot -> draw(slot, now)).toList();
  }

  private StoredToken draw(Slot slot, Instant now) {
    String token = tokens.draw(slot.text());
    DataContext context =
        new DataContext(subject.tenant(), subject.element().name(), slot.item().context());
    return new StoredToken(
        subject.tenant(),
        subject.element().name(),
        token,
        slot.digest(),
        tools.cipher().seal(key, context, token, slot.item().value().bytes()),
        key.id().version(),
        TokenState.ENABLED,
        now,
        rule.ttl().map(now::plus));
  }

  private void takeAdded(List<StoredToken> rows, List<Boolean> added) {
    List<Slot> refused = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      if (added.get(i)) {
        decide(pending.get(i), made(rows.get(i)));
      } else {
        refused.add(pending.get(i));
      }
    }
    pending = refused;
  }

  private void decide(Slot slot, Outcome outcome) {
    slot.places().forEach(place -> outcomes[place] = outcome);
  }

  private static Outcome made(StoredToken token) {
    return new Outcome.Protected(token.token(), token.keyVersion(), "", false);
  }

  private Outcome noneFree() {
    return new Outcome.Refused(
        RefusalCode.INVALID_VALUE,
        "element " + subject.element().name() + ": no free token was found in " + TRIES
            + " draws; its format has too few values for the tokens there are: give it a longer format or format: opaque");
  }

  /**
   * A value that wants a token.
   *
   * @param item the value and its context
   * @param text the value as text; empty where it is none
   * @param digest finds its token again, where it is to keep one
   * @param places where in the batch it stands
   */
  record Slot(ProtectItem item, String text, Optional<String> digest, List<Integer> places) {
    @Override
    public String toString() {
      return "Slot[" + places.size() + " places]";
    }
  }
}
