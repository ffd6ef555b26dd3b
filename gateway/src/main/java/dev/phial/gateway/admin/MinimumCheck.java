package dev.phial.gateway.admin;

import dev.phial.crypto.key.KeyPurpose;
import dev.phial.gateway.keys.KeyStateException;
import dev.phial.gateway.keys.Pin;
import dev.phial.gateway.keys.PinAdministration;
import dev.phial.gateway.keys.PinView;
import dev.phial.gateway.store.TokenStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Refuses a minimum version under which something would be lost that this gateway knows of: pins and vaulted tokens. Of what
 * other people's databases hold it knows nothing. Thread-safe.
 */
final class MinimumCheck {
  private final PinAdministration pins;
  private final TokenStore tokens;

  MinimumCheck(PinAdministration pins, TokenStore tokens) {
    this.pins = pins;
    this.tokens = tokens;
  }

  /** Completes if nothing is known to hang on a version below; fails with a {@link KeyStateException} that says what does. */
  CompletionStage<Boolean> of(String tenant, KeyPurpose purpose, int version) {
    return switch (purpose) {
      case TOKENIZE -> pins.pins(Optional.of(tenant)).thenApply(all -> requireNoPins(all, version));
      case ENCRYPT ->
        tokens
            .count(tenant)
            .thenApply(all -> requireNoTokens(
                all.stream()
                    .filter(count -> count.keyVersion() < version)
                    .mapToLong(TokenStore.TokenCount::tokens)
                    .sum(),
                version));
      case INDEX -> CompletableFuture.completedStage(true);
    };
  }

  private static boolean requireNoPins(List<PinView> all, int version) {
    List<String> elements = all.stream()
        .filter(pin -> oldest(pin.pin()) < version)
        .map(PinView::element)
        .toList();
    if (!elements.isEmpty()) {
      throw new KeyStateException(elements.size() + " element(s) are pinned to versions below "
          + version + ": " + String.join(", ", elements)
          + "; move them first (phial keys pins), or choose a lower minimum");
    }
    return true;
  }

  private static int oldest(Pin pin) {
    if (pin instanceof Pin.Moving moving) {
      return Math.min(moving.from(), moving.to());
    }
    return pin instanceof Pin.Held held
        ? Math.min(held.from(), held.to())
        : ((Pin.Settled) pin).version();
  }

  private static boolean requireNoTokens(long count, int version) {
    if (count > 0) {
      throw new KeyStateException(count + " vaulted token(s) are sealed with versions below "
          + version + "; renew them first (phial retokenize), or choose a lower minimum");
    }
    return true;
  }
}
