/** Masking for Logback, in the process that logs. Depends on the masking library only. */
@NullMarked
package dev.phial.logging.logback;

import org.jspecify.annotations.NullMarked;
