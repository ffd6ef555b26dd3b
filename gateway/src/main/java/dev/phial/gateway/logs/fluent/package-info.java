/** Fluentd's forward protocol, version 1, without the handshake for shared keys. */
@NullMarked
package dev.phial.gateway.logs.fluent;

import org.jspecify.annotations.NullMarked;
