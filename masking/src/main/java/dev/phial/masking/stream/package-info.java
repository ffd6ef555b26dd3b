/** Streams of bytes cut into events: however the bytes arrive, the events are the same. */
@NullMarked
package dev.phial.masking.stream;

import org.jspecify.annotations.NullMarked;
