/**
 * The durable state: wrapped keys, their versions, and pins. {@link dev.phial.gateway.store.KeysetStore} is what the rest
 * sees; SQLite or PostgreSQL is behind it. Knows nothing of keys in the clear.
 */
@NullMarked
package dev.phial.gateway.store;

import org.jspecify.annotations.NullMarked;
