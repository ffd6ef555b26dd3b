/** Our cryptography beside the module's own calls, in one run, so that the ratios mean something on any machine. */
@NullMarked
package dev.phial.benchmarks;

import org.jspecify.annotations.NullMarked;
