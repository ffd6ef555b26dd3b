/** The sealed form of an encrypted value: versioned, self-describing, bound to its key and its context. */
@NullMarked
package dev.phial.crypto.envelope;

import org.jspecify.annotations.NullMarked;
