/**
 * Tokens: reversible replacements of values, over FF1. {@link dev.phial.crypto.token.TokenFormat} says which values an
 * element takes, {@link dev.phial.crypto.token.ElementTokenizer} replaces them.
 */
@NullMarked
package dev.phial.crypto.token;

import org.jspecify.annotations.NullMarked;
