/** Metrics and health. */
@NullMarked
package dev.phial.gateway.observe;

import org.jspecify.annotations.NullMarked;
