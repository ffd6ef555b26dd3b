/** FF1 (NIST SP 800-38G): one contract, two engines that agree. */
@NullMarked
package dev.phial.crypto.fpe;

import org.jspecify.annotations.NullMarked;
