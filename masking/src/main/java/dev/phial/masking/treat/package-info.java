/** What becomes of a finding: the texts that stand in its place, and the event put together again. */
@NullMarked
package dev.phial.masking.treat;

import org.jspecify.annotations.NullMarked;
