/** The operators' listener: liveness, readiness, metrics. */
@NullMarked
package dev.phial.gateway.management;

import org.jspecify.annotations.NullMarked;
