package dev.phial.gateway.cli.vectors;

import dev.phial.crypto.selftest.Vector;

/**
 * One vector with its number in the file.
 *
 * @param id the publisher's {@code tcId}
 */
public record VectorCase(long id, Vector vector) {}
