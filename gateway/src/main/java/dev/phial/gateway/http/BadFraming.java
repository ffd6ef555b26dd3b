package dev.phial.gateway.http;

/** Stands in the place of a message that could not be read; nothing follows it. */
record BadFraming(FramingException defect) {}
