/** Tests of the log gateway: forward protocol. */
@NullMarked
package dev.phial.gateway.logs.fluent;

import org.jspecify.annotations.NullMarked;
