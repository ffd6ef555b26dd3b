package dev.phial.gateway.keys;

/** What a pin is asked for by. */
record PinName(String tenant, String element) {}
