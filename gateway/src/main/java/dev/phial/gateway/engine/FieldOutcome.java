package dev.phial.gateway.engine;

/**
 * What became of one field of a record.
 *
 * @param element the element's name
 * @param outcome what the caller gets of it
 */
public record FieldOutcome(String element, Outcome outcome) {}
