package dev.phial.crypto.fips;

/**
 * What runs as the cryptographic module, for the start-up log, the health page and an auditor.
 *
 * @param name the provider's name
 * @param version the jar's version, such as {@code 2.1.3}
 * @param jarSha256 the jar file's SHA-256 in lower-case hex
 * @param approvedOnly whether only approved algorithms are offered
 * @param nativeVariant the processor features used by native code, or {@code java} for none
 */
public record ModuleInfo(
    String name, String version, String jarSha256, boolean approvedOnly, String nativeVariant) {}
