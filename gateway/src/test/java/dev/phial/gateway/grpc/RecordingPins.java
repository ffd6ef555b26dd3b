package dev.phial.gateway.grpc;

import dev.phial.gateway.admin.PinOperations;
import dev.phial.gateway.engine.EngineException;
import dev.phial.gateway.engine.RefusalCode;
import dev.phial.gateway.identity.Call;
import dev.phial.gateway.keys.Pin;
import dev.phial.gateway.keys.PinView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;

/** Moves of pins, all from version 1 to 2, whoever asks. */
final class RecordingPins implements PinOperations {
  private final Map<String, PinView> pins = new ConcurrentSkipListMap<>();

  @Override
  public CompletionStage<List<PinView>> list(Call call, Optional<String> tenant) {
    return CompletableFuture.completedStage(pins.values().stream()
        .filter(pin -> tenant.isEmpty() || pin.tenant().equals(tenant.get()))
        .toList());
  }

  @Override
  public CompletionStage<PinView> move(Call call, String tenant, String element) {
    return put(tenant, element, new Pin.Moving(1, 2));
  }

  @Override
  public CompletionStage<PinView> hold(Call call, String tenant, String element) {
    return put(tenant, element, new Pin.Held(1, 2));
  }

  @Override
  public CompletionStage<PinView> finish(Call call, String tenant, String element) {
    PinView view = pins.get(tenant + "/" + element);
    return view != null && view.pin() instanceof Pin.Held
        ? put(tenant, element, new Pin.Settled(2))
        : CompletableFuture.failedStage(new EngineException(RefusalCode.KEY_STATE, "hold first"));
  }

  @Override
  public CompletionStage<PinView> cancel(Call call, String tenant, String element) {
    return put(tenant, element, new Pin.Settled(1));
  }

  private CompletionStage<PinView> put(String tenant, String element, Pin pin) {
    PinView view = new PinView(tenant, element, pin);
    pins.put(tenant + "/" + element, view);
    return CompletableFuture.completedStage(view);
  }
}
