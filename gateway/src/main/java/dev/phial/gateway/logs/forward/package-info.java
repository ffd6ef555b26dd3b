/** From the buffer to the destinations. */
@NullMarked
package dev.phial.gateway.logs.forward;

import org.jspecify.annotations.NullMarked;
