package dev.phial.gateway.jobs;

import dev.phial.gateway.keys.Rewraps;
import dev.phial.gateway.store.KeysetStore.KeysetId;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/** Rewraps keysets, in the order of their ids. */
public final class RewrapWork implements JobWork {
  private final Rewraps rewraps;

  public RewrapWork(Rewraps rewraps) {
    this.rewraps = rewraps;
  }

  @Override
  public JobKind kind() {
    return JobKind.REWRAP;
  }

  @Override
  public CompletionStage<Long> count(Optional<String> tenant) {
    return rewraps.count(tenant);
  }

  @Override
  public CompletionStage<List<Item>> next(Optional<String> tenant, String after, int most) {
    OptionalLong last =
        after.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(after));
    return rewraps
        .next(tenant, last, most)
        .thenApply(ids -> ids.stream().map(RewrapWork::item).toList());
  }

  private static Item item(KeysetId keyset) {
    return new Item(
        String.valueOf(keyset.id()), keyset.tenant(), HexFormat.of().toHexDigits(keyset.id()));
  }

  @Override
  public CompletionStage<Boolean> run(Item item) {
    return rewraps.rewrap(Long.parseLong(item.place()));
  }
}
