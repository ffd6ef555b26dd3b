/** The demonstration: a sample record server, sample patients, and the side-by-side view. */
@NullMarked
package dev.phial.gateway.demo;

import org.jspecify.annotations.NullMarked;
