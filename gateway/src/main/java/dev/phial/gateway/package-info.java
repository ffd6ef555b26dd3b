/** The gateway. */
@NullMarked
package dev.phial.gateway;

import org.jspecify.annotations.NullMarked;
