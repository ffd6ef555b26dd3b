package dev.phial.gateway.admin;

import dev.phial.gateway.engine.EngineException;
import dev.phial.gateway.engine.RefusalCode;
import dev.phial.gateway.identity.Call;
import dev.phial.gateway.keys.Pin;
import dev.phial.gateway.keys.PinAdministration;
import dev.phial.gateway.keys.PinView;
import dev.phial.gateway.policy.Protection;
import dev.phial.gateway.policy.Protection.KeyVersionMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Moves of pins with authorization before them and an audit record before their answer. */
public final class AuditedPinOperations implements PinOperations {
  private final PinAdministration pins;
  private final AuditedAdministration administration;

  public AuditedPinOperations(PinAdministration pins, AuditedAdministration administration) {
    this.pins = pins;
    this.administration = administration;
  }

  @Override
  public CompletionStage<List<PinView>> list(Call call, Optional<String> tenant) {
    return administration.run(call, () -> pins.pins(tenant), "list_pins", done -> Map.of());
  }

  @Override
  public CompletionStage<PinView> move(Call call, String tenant, String element) {
    return administration.run(
        call,
        () -> pins.move(tenant, tokenized(element)),
        "move_pin",
        AuditedPinOperations::details);
  }

  @Override
  public CompletionStage<PinView> hold(Call call, String tenant, String element) {
    return administration.run(
        call, () -> pins.hold(tenant, element), "hold_pin", AuditedPinOperations::details);
  }

  @Override
  public CompletionStage<PinView> finish(Call call, String tenant, String element) {
    return administration.run(
        call, () -> pins.finish(tenant, element), "finish_pin_move", AuditedPinOperations::details);
  }

  @Override
  public CompletionStage<PinView> cancel(Call call, String tenant, String element) {
    return administration.run(
        call, () -> pins.cancel(tenant, element), "cancel_pin_move", AuditedPinOperations::details);
  }

  /** Only tokens can be made again; what else is pinned has to stay. */
  private String tokenized(String element) {
    boolean movable = administration
        .policy()
        .element(element)
        .map(found -> found.protection() instanceof Protection.Tokenize rule
            && rule.keyVersion() == KeyVersionMode.PINNED)
        .orElse(false);
    if (!movable) {
      throw new EngineException(
          RefusalCode.INVALID_VALUE,
          "the policy has no such element that is tokenized with key_version: pinned");
    }
    return element;
  }

  private static Map<String, String> details(PinView view) {
    Pin pin = view.pin();
    return Map.of(
        "key_tenant", view.tenant(),
        "element", view.element(),
        "pin", words(pin));
  }

  private static String words(Pin pin) {
    if (pin instanceof Pin.Settled settled) {
      return "settled at " + settled.version();
    }
    return pin instanceof Pin.Moving moving
        ? "moving from " + moving.from() + " to " + moving.to()
        : "held between " + ((Pin.Held) pin).from() + " and " + ((Pin.Held) pin).to();
  }
}
