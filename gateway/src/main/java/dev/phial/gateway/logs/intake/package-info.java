/** The one way from a listener into the buffer: through the masker. */
@NullMarked
package dev.phial.gateway.logs.intake;

import org.jspecify.annotations.NullMarked;
