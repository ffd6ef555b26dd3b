/**
 * A bounded buffer on disk for what is to be forwarded. It holds masked bytes only: nothing else is ever given to it. The
 * format is in docs/format.md.
 */
@NullMarked
package dev.phial.gateway.logs.buffer;

import org.jspecify.annotations.NullMarked;
