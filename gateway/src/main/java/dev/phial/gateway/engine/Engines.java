package dev.phial.gateway.engine;

/**
 * What a channel can ask for: single values, records of several elements, and documents of any size.
 *
 * @param values protects and reveals values one by one
 * @param records seals and opens records
 * @param documents seals and opens documents as they pass
 */
public record Engines(ProtectionEngine values, RecordEngine records, DocumentEngine documents) {}
