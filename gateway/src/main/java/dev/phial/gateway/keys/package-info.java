/** Keysets, their life cycle, and the resolved keys that the engine works with. */
@NullMarked
package dev.phial.gateway.keys;

import org.jspecify.annotations.NullMarked;
