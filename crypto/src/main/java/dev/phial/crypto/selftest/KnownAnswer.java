package dev.phial.crypto.selftest;

/**
 * One question and whether it was answered rightly.
 *
 * @param what was asked, in words
 * @param right whether the known answer came
 * @param note what else there is to say, or empty
 */
public record KnownAnswer(String what, boolean right, String note) {}
