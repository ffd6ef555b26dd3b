package dev.phial.gateway.grpc;

import dev.phial.gateway.keys.Pin;
import dev.phial.gateway.keys.PinView;
import dev.phial.proto.v1.PinState;

/** Pins, as messages. */
final class PinMessages {
  private PinMessages() {}

  static dev.phial.proto.v1.Pin pin(PinView view) {
    dev.phial.proto.v1.Pin.Builder message =
        dev.phial.proto.v1.Pin.newBuilder().setTenant(view.tenant()).setElement(view.element());
    if (view.pin() instanceof Pin.Settled settled) {
      return message
          .setState(PinState.PIN_STATE_SETTLED)
          .setVersion(settled.version())
          .build();
    }
    return view.pin() instanceof Pin.Moving moving
        ? between(message.setState(PinState.PIN_STATE_MOVING), moving.from(), moving.to())
        : held(message.setState(PinState.PIN_STATE_HELD), (Pin.Held) view.pin());
  }

  private static dev.phial.proto.v1.Pin held(
      dev.phial.proto.v1.Pin.Builder message, Pin.Held held) {
    return between(message, held.from(), held.to());
  }

  private static dev.phial.proto.v1.Pin between(
      dev.phial.proto.v1.Pin.Builder message, int from, int to) {
    return message.setVersion(from).setTargetVersion(to).build();
  }
}
