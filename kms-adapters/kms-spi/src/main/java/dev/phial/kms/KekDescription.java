package dev.phial.kms;

/**
 * What a KMS tells of a KEK.
 *
 * @param current the version that wraps now
 * @param algorithm how it wraps, for people to read
 * @param enabled whether it may be used; a service that lets a disabled key wrap is corrected by its adapter
 */
public record KekDescription(KekVersion current, String algorithm, boolean enabled) {}
