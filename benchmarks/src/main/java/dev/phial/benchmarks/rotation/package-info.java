/** Gateways under load while their keys rotate: every answer is checked. */
@NullMarked
package dev.phial.benchmarks.rotation;

import org.jspecify.annotations.NullMarked;
