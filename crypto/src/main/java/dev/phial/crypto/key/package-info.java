/** Data keys as handles: usable, not readable but through one searchable capability. */
@NullMarked
package dev.phial.crypto.key;

import org.jspecify.annotations.NullMarked;
