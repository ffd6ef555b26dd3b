/** Format-preserving tokens over FF1. */
@NullMarked
package dev.phial.crypto.token;

import org.jspecify.annotations.NullMarked;
