package dev.phial.crypto.token.layout;

/** What reading a text gives: the text taken apart, or the rule that it breaks. */
public sealed interface Reading permits Written, Unnumbered, Misfit {}
