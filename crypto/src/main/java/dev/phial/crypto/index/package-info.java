/** Keyed digests for equality search. */
@NullMarked
package dev.phial.crypto.index;

import org.jspecify.annotations.NullMarked;
