package dev.phial.gateway.grpc;

import dev.phial.crypto.key.KeyPurpose;
import dev.phial.gateway.admin.KeyOperations;
import dev.phial.gateway.engine.EngineException;
import dev.phial.gateway.engine.RefusalCode;
import dev.phial.gateway.identity.Call;
import dev.phial.gateway.keys.KeysetView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Key operations on keysets that are only counted; for the role {@code security-officer}. */
final class RecordingKeys implements KeyOperations {
  static final Instant CREATED = Instant.parse("2026-11-01T10:15:30.000000007Z");

  private final Map<String, Integer> primaries = new ConcurrentSkipListMap<>();
  private final Map<String, Boolean> disabled = new ConcurrentSkipListMap<>();
  private final AtomicInteger kekVersion = new AtomicInteger(1);

  @Override
  public CompletionStage<List<KeysetView>> list(Call call, Optional<String> tenant) {
    return allowed(call)
        .thenApply(yes -> primaries.keySet().stream()
            .filter(name -> tenant.isEmpty() || name.startsWith(tenant.get() + "/"))
            .map(this::view)
            .toList());
  }

  @Override
  public CompletionStage<KeysetView> rotate(Call call, String tenant, KeyPurpose purpose) {
    String name = tenant + "/" + purpose;
    return allowed(call).thenApply(yes -> {
      primaries.merge(name, 1, Integer::sum);
      return view(name);
    });
  }

  @Override
  public CompletionStage<KeysetView> disable(
      Call call, String tenant, KeyPurpose purpose, int version) {
    return switched(call, tenant + "/" + purpose, version, true);
  }

  @Override
  public CompletionStage<KeysetView> enable(
      Call call, String tenant, KeyPurpose purpose, int version) {
    return switched(call, tenant + "/" + purpose, version, false);
  }

  private CompletionStage<KeysetView> switched(
      Call call, String name, int version, boolean disable) {
    return allowed(call).thenApply(yes -> {
      if (version == primaries.getOrDefault(name, 1)) {
        throw new EngineException(RefusalCode.KEY_STATE, "version " + version + " is primary");
      }
      disabled.merge(name + version, disable, (was, is) -> is);
      return view(name);
    });
  }

  @Override
  public CompletionStage<KeysetView> rewrap(Call call, String tenant, KeyPurpose purpose) {
    return allowed(call).thenApply(yes -> {
      kekVersion.incrementAndGet();
      return view(tenant + "/" + purpose);
    });
  }

  private static CompletionStage<Void> allowed(Call call) {
    return call.caller().roles().contains("security-officer")
        ? CompletableFuture.completedFuture(null)
        : CompletableFuture.failedFuture(new EngineException(
            RefusalCode.PERMISSION_DENIED, "no role of the caller administers"));
  }

  private KeysetView view(String name) {
    int primary = primaries.getOrDefault(name, 1);
    String[] parts = name.split("/", -1);
    List<KeysetView.Version> versions = IntStream.rangeClosed(1, primary)
        .mapToObj(n ->
            new KeysetView.Version(n, state(name, n), CREATED, "local/default", "k" + kekVersion))
        .toList();
    return new KeysetView(
        parts[0],
        KeyPurpose.valueOf(parts[1]),
        "00000000000000ff",
        primary,
        OptionalInt.empty(),
        1,
        versions);
  }

  private KeysetView.State state(String name, int version) {
    return disabled.getOrDefault(name + version, false)
        ? KeysetView.State.DISABLED
        : KeysetView.State.ENABLED;
  }
}
