/** Fixtures of this module's tests. */
@NullMarked
package dev.phial.crypto.testing;

import org.jspecify.annotations.NullMarked;
