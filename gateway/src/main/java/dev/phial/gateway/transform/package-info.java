/** Rewriting of message bodies: bytes in, bytes out, no network. */
@NullMarked
package dev.phial.gateway.transform;

import org.jspecify.annotations.NullMarked;
