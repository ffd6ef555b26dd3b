package dev.phial.gateway.engine;

import dev.phial.crypto.context.DataContext;
import dev.phial.crypto.envelope.EnvelopeFormatException;
import dev.phial.crypto.envelope.OpenFailedException;
import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.key.KeyId;
import dev.phial.crypto.key.KeyPurpose;
import dev.phial.crypto.token.RandomTokens;
import dev.phial.crypto.vaulted.VaultedCipher;
import dev.phial.crypto.vaulted.VaultedLookup;
import dev.phial.gateway.engine.ElementProtector.Subject;
import dev.phial.gateway.keys.KeyRing;
import dev.phial.gateway.policy.Element;
import dev.phial.gateway.policy.Protection;
import dev.phial.gateway.policy.Protection.TokenUse;
import dev.phial.gateway.policy.Protection.Vaulted;
import dev.phial.gateway.store.StoredToken;
import dev.phial.gateway.store.TokenState;
import dev.phial.gateway.store.TokenStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Random tokens that a store remembers (decision record 0015). A token is looked up among those of the caller's tenant and of
 * the element only: one of another tenant is as unknown as one that nobody ever made (T12).
 */
final class VaultedProtector implements StagedProtector {
  /** Longer texts are no tokens of ours, and need not go to the store. */
  private static final int LONGEST_TOKEN = 1_024;

  private final VaultedTools tools;

  VaultedProtector(VaultedTools tools) {
    this.tools = tools;
  }

  @Override
  public ProtectItem.Operation operation() {
    return ProtectItem.Operation.TOKENIZE;
  }

  @Override
  public void declareNeeds(Element element, KeyNeeds needs) {
    needs.ring(KeyPurpose.ENCRYPT);
    if (consistent(element)) {
      // Digests of another key would give the same value another token.
      needs.ring(KeyPurpose.TOKENIZE);
      needs.pin(Vaulted.pin(element.name()));
    }
  }

  @Override
  public CompletionStage<List<Outcome>> protect(
      Subject subject, ResolvedKeys keys, List<ProtectItem> items) {
    Outcome[] outcomes = new Outcome[items.size()];
    List<Integer> tokensAlready = new ArrayList<>();
    List<VaultedIssue.Slot> slots = new ArrayList<>();
    Admission admission = new Admission(subject, digests(subject, keys));
    for (int place = 0; place < outcomes.length; place++) {
      admission.admit(items.get(place), place, outcomes, tokensAlready, slots);
    }
    DataKey key = keys.ring(KeyPurpose.ENCRYPT).primary();
    return new VaultedIssue(tools, subject, key, merged(slots), outcomes)
        .run()
        .thenCompose(done -> keep(subject, keys, items, tokensAlready, outcomes))
        .thenApply(done -> List.of(outcomes));
  }

  private Digests digests(Subject subject, ResolvedKeys keys) {
    if (!consistent(subject.element())) {
      return new Digests.None();
    }
    PinnedKey pinned = PinnedKey.of(subject, keys, Vaulted.pin(subject.element().name()));
    return pinned instanceof PinnedKey.Found found
        ? new Digests.By(
            tools.lookups().of(found.key(), subject.tenant(), subject.element().name()))
        : new Digests.Missing(((PinnedKey.Missing) pinned).refusal());
  }

  /** Equal values of a batch are one. */
  private static List<VaultedIssue.Slot> merged(List<VaultedIssue.Slot> slots) {
    Map<Object, VaultedIssue.Slot> merged = new LinkedHashMap<>();
    for (VaultedIssue.Slot slot : slots) {
      Object name = slot.digest().<Object>map(digest -> digest).orElse(slot.places());
      VaultedIssue.Slot first = merged.putIfAbsent(name, slot);
      if (first != null) {
        first.places().addAll(slot.places());
      }
    }
    return List.copyOf(merged.values());
  }

  /** A token that was read as a token and is written back stays as it is (T13). */
  private CompletionStage<Void> keep(
      Subject subject,
      ResolvedKeys keys,
      List<ProtectItem> items,
      List<Integer> places,
      Outcome[] outcomes) {
    List<RevealItem> asTokens = places.stream()
        .map(items::get)
        .map(item -> new RevealItem(
            item.element(), item.value().text(), item.context(), 0, item.operation()))
        .toList();
    return find(subject, keys, asTokens).thenAccept(found -> {
      for (int i = 0; i < places.size(); i++) {
        outcomes[places.get(i)] = kept(subject, asTokens.get(i), found.get(i));
      }
    });
  }

  private static Outcome kept(Subject subject, RevealItem item, Found found) {
    return found.row().isPresent() && found.recovered() instanceof Recovered.Plain
        ? new Outcome.Protected(item.value(), found.row().get().keyVersion(), "", true)
        : OneWay.invalid(
            subject,
            "the value looks like a token, but is none of this tenant, element and context that opens");
  }

  @Override
  public CompletionStage<List<Recovered>> recover(
      Subject subject, ResolvedKeys keys, List<RevealItem> items) {
    return find(subject, keys, items)
        .thenApply(found -> found.stream().map(Found::recovered).toList());
  }

  private CompletionStage<List<Found>> find(
      Subject subject, ResolvedKeys keys, List<RevealItem> items) {
    List<String> tokens = items.stream()
        .map(RevealItem::value)
        .filter(VaultedProtector::mayBeToken)
        .distinct()
        .toList();
    return tools
        .store()
        .byToken(subject.tenant(), subject.element().name(), tokens)
        .thenApplyAsync(rows -> opened(subject, keys, items, rows), tools.pool());
  }

  /** What no database takes as a text must not spoil the look-up of its neighbours. */
  private static boolean mayBeToken(String text) {
    return !text.isEmpty()
        && text.length() <= LONGEST_TOKEN
        && text.chars().noneMatch(unit -> unit < ' ' || Character.isSurrogate((char) unit));
  }

  private List<Found> opened(
      Subject subject, ResolvedKeys keys, List<RevealItem> items, List<StoredToken> rows) {
    Map<String, StoredToken> byToken = new HashMap<>();
    rows.forEach(row -> byToken.put(row.token(), row));
    KeyRing ring = keys.ring(KeyPurpose.ENCRYPT);
    return items.stream()
        .map(item -> opened(subject, ring, item, Optional.ofNullable(byToken.get(item.value()))))
        .toList();
  }

  private Found opened(Subject subject, KeyRing ring, RevealItem item, Optional<StoredToken> row) {
    if (row.isEmpty()) {
      return new Found(row, unknown(subject, item));
    }
    return new Found(
        row, retired(subject, row.get()).orElseGet(() -> open(subject, ring, item, row.get())));
  }

  private static Recovered unknown(Subject subject, RevealItem item) {
    boolean opaque = ((Vaulted) subject.element().protection()).format().isEmpty();
    return opaque && !RandomTokens.looksOpaque(item.value())
        ? new Recovered.Unprotected()
        : notAuthentic(subject);
  }

  private Optional<Recovered> retired(Subject subject, StoredToken row) {
    if (row.state() == TokenState.DELETED) {
      return Optional.of(retired(subject, "was deleted, and its value with it"));
    }
    if (row.expiredAt(tools.clock().instant())) {
      return Optional.of(retired(subject, "has expired"));
    }
    return row.state() == TokenState.DISABLED
        ? Optional.of(retired(subject, "is disabled; an administrator can enable it"))
        : Optional.empty();
  }

  private static Recovered retired(Subject subject, String why) {
    return Recovered.failed(
        RefusalCode.TOKEN_RETIRED, "element " + subject.element().name() + ": the token " + why);
  }

  private Recovered open(Subject subject, KeyRing ring, RevealItem item, StoredToken row) {
    try {
      KeyId sealer = VaultedCipher.keyId(row.sealed());
      return sealer.keyset() == ring.keysetId()
          ? open(subject, ring.version(sealer.version()), item, row, sealer)
          : notAuthentic(subject);
    } catch (OpenFailedException | EnvelopeFormatException e) {
      return notAuthentic(subject);
    }
  }

  private Recovered open(
      Subject subject, KeyRing.Lookup version, RevealItem item, StoredToken row, KeyId sealer) {
    if (version instanceof KeyRing.Lookup.Usable usable) {
      return new Recovered.Plain(PlainValue.ofBytes(
          tools.cipher().open(usable.key(), context(subject, item), row.token(), row.sealed())));
    }
    return version instanceof KeyRing.Lookup.Retired retired
        ? KeyVersions.retired(subject, sealer.version(), retired)
        : notAuthentic(subject);
  }

  private static DataContext context(Subject subject, RevealItem item) {
    return new DataContext(subject.tenant(), subject.element().name(), item.context());
  }

  /** The token stays: its value is sealed again under the key that seals new ones. */
  @Override
  public CompletionStage<List<Outcome>> renew(
      Subject subject, ResolvedKeys keys, List<RevealItem> items) {
    DataKey primary = keys.ring(KeyPurpose.ENCRYPT).primary();
    return find(subject, keys, items).thenCompose(found -> {
      Outcome[] outcomes = new Outcome[items.size()];
      List<TokenStore.Resealed> old = new ArrayList<>();
      List<Integer> places = new ArrayList<>();
      for (int place = 0; place < outcomes.length; place++) {
        RevealItem item = items.get(place);
        Found one = found.get(place);
        if (one.row().isPresent() && one.recovered() instanceof Recovered.Plain plain) {
          StoredToken row = one.row().get();
          if (VaultedCipher.keyId(row.sealed()).version() == primary.id().version()) {
            outcomes[place] = made(row.token(), primary, true);
          } else {
            old.add(resealed(primary, context(subject, item), row, plain.value()));
            places.add(place);
          }
        } else {
          outcomes[place] = refusal(subject, one.recovered());
        }
      }
      return tools.store().reseal(old).thenApply(done -> {
        for (int i = 0; i < places.size(); i++) {
          outcomes[places.get(i)] =
              done.get(i) ? made(old.get(i).token().token(), primary, false) : overtaken(subject);
        }
        return List.of(outcomes);
      });
    });
  }

  private TokenStore.Resealed resealed(
      DataKey primary, DataContext context, StoredToken row, PlainValue value) {
    return new TokenStore.Resealed(
        row,
        tools.cipher().seal(primary, context, row.token(), value.bytes()),
        primary.id().version());
  }

  private static Outcome made(String token, DataKey key, boolean unchanged) {
    return new Outcome.Protected(token, key.id().version(), "", unchanged);
  }

  private static Outcome overtaken(Subject subject) {
    return new Outcome.Refused(
        RefusalCode.KEY_STATE,
        "element " + subject.element().name()
            + ": the token was changed at the same time; repeat the call");
  }

  private static Outcome refusal(Subject subject, Recovered recovered) {
    return recovered instanceof Recovered.Failed failed
        ? failed.refusal()
        : ((Recovered.Failed) notAuthentic(subject)).refusal();
  }

  private static Recovered notAuthentic(Subject subject) {
    return Recovered.failed(
        RefusalCode.NOT_AUTHENTIC,
        "element " + subject.element().name()
            + ": not a token of this tenant, element and context");
  }

  private static boolean consistent(Element element) {
    Protection protection = element.protection();
    return ((Vaulted) protection).tokens() == TokenUse.CONSISTENT;
  }

  /** A row, if there is one, and what became of it. */
  private record Found(Optional<StoredToken> row, Recovered recovered) {}

  /** How tokens of values are found again. */
  private sealed interface Digests {
    record None() implements Digests {}

    record By(VaultedLookup lookup) implements Digests {}

    record Missing(Outcome.Refused refusal) implements Digests {}
  }

  /** Decides what is to be done with each value of a batch. */
  private final class Admission {
    private final Subject subject;
    private final Digests digests;
    private final Optional<RandomTokens> format;

    Admission(Subject subject, Digests digests) {
      Vaulted rule = (Vaulted) subject.element().protection();
      this.subject = subject;
      this.digests = digests;
      this.format = rule.format().map(any -> tools.tokens(rule));
    }

    void admit(
        ProtectItem item,
        int place,
        Outcome[] outcomes,
        List<Integer> tokensAlready,
        List<VaultedIssue.Slot> slots) {
      Optional<String> text = text(item.value());
      if (digests instanceof Digests.Missing missing) {
        outcomes[place] = missing.refusal();
      } else if (format.isEmpty()) {
        if (text.isPresent() && RandomTokens.looksOpaque(text.get())) {
          tokensAlready.add(place);
        } else {
          slots.add(slot(item, text.orElse(""), place));
        }
      } else {
        Optional<String> misfit = text.isEmpty()
            ? Optional.of("a token of a format needs text in UTF-8")
            : format.get().misfit(text.get());
        if (misfit.isPresent()) {
          outcomes[place] = OneWay.invalid(subject, misfit.get());
        } else {
          slots.add(slot(item, text.orElse(""), place));
        }
      }
    }

    private VaultedIssue.Slot slot(ProtectItem item, String text, int place) {
      Optional<String> digest = digests instanceof Digests.By by
          ? Optional.of(by.lookup().digest(item.context(), item.value().bytes()))
          : Optional.empty();
      return new VaultedIssue.Slot(item, text, digest, new ArrayList<>(List.of(place)));
    }

    private Optional<String> text(PlainValue value) {
      try {
        return Optional.of(value.text());
      } catch (IllegalArgumentException notText) {
        return Optional.empty();
      }
    }
  }
}
