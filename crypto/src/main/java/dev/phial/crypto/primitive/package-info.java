/** The few calls into the module, for this module's own packages only: blocks, messages and digests whose misuse is ruled out, and whose errors are exceptions. Nothing else in the project touches them. */
@NullMarked
package dev.phial.crypto.primitive;

import org.jspecify.annotations.NullMarked;
