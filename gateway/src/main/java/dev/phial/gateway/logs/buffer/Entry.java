package dev.phial.gateway.logs.buffer;

/**
 * A parcel out of the buffer.
 *
 * @param next the place behind it: to read on from, and to release when it is delivered
 */
public record Entry(Parcel parcel, Position next) {}
