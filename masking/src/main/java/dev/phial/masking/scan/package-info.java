/**
 * Bytes become tokens in one pass: a class table, words hashed as they are read. Encodings come off here, and every decoded
 * byte remembers where it stood.
 */
@NullMarked
package dev.phial.masking.scan;

import org.jspecify.annotations.NullMarked;
