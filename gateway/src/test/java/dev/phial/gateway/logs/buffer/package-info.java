/** Tests of the log gateway: buffer. */
@NullMarked
package dev.phial.gateway.logs.buffer;

import org.jspecify.annotations.NullMarked;
