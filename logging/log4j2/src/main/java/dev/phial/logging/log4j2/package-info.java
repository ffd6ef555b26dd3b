/** Masking for Log4j 2, in the process that logs. Depends on the masking library only. */
@NullMarked
package dev.phial.logging.log4j2;

import org.jspecify.annotations.NullMarked;
