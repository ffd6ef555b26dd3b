/** Reuse of dear, single-threaded things. For this module's own packages. */
@NullMarked
package dev.phial.crypto.pool;

import org.jspecify.annotations.NullMarked;
