package dev.phial.gateway.keys;

import dev.phial.gateway.store.StoredPin;

/**
 * What may be told of a pin.
 *
 * @param tenant whose
 * @param element which element of the policy
 * @param pin where its tokens are
 */
public record PinView(String tenant, String element, Pin pin) {
  static PinView of(StoredPin stored) {
    return new PinView(stored.tenant(), stored.element(), Pin.of(stored));
  }
}
