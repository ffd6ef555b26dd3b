/** Who calls and why: plain values that every package may use. Depends on the JDK only. */
@NullMarked
package dev.phial.gateway.identity;

import org.jspecify.annotations.NullMarked;
