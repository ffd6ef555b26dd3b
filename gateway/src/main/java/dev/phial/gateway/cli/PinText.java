package dev.phial.gateway.cli;

import dev.phial.proto.v1.Pin;
import dev.phial.proto.v1.PinState;
import java.util.List;
import java.util.Locale;

/** Pins as a table, and as JSON. */
final class PinText {
  private static final String ROW = "%-16s  %-24s  %-8s  %7s  %s%n";

  private PinText() {}

  static String table(List<Pin> pins) {
    StringBuilder text = new StringBuilder();
    text.append(String.format(Locale.ROOT, ROW, "TENANT", "ELEMENT", "STATE", "VERSION", "TARGET"));
    pins.forEach(pin -> text.append(String.format(
        Locale.ROOT,
        ROW,
        pin.getTenant(),
        pin.getElement(),
        state(pin),
        pin.getVersion(),
        moves(pin) ? String.valueOf(pin.getTargetVersion()) : "-")));
    return text.toString();
  }

  static String json(List<Pin> pins) {
    StringBuilder lines = new StringBuilder();
    pins.forEach(pin -> lines.append(json(pin)).append(System.lineSeparator()));
    return lines.toString();
  }

  private static String json(Pin pin) {
    return JsonLine.write(json -> {
      json.writeStringField("tenant", pin.getTenant());
      json.writeStringField("element", pin.getElement());
      json.writeStringField("state", state(pin));
      json.writeNumberField("version", pin.getVersion());
      if (moves(pin)) {
        json.writeNumberField("target", pin.getTargetVersion());
      }
    });
  }

  private static boolean moves(Pin pin) {
    return pin.getState() != PinState.PIN_STATE_SETTLED;
  }

  private static String state(Pin pin) {
    return pin.getState().name().replace("PIN_STATE_", "").toLowerCase(Locale.ROOT);
  }
}
