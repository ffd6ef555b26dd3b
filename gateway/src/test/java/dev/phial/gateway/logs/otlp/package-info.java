/** Tests of the log gateway: otlp. */
@NullMarked
package dev.phial.gateway.logs.otlp;

import org.jspecify.annotations.NullMarked;
