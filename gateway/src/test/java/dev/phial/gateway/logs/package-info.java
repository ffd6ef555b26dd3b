/** Tests of the log gateway. */
@NullMarked
package dev.phial.gateway.logs;

import org.jspecify.annotations.NullMarked;
