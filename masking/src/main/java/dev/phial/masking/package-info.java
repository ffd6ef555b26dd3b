/**
 * Finds the 18 identifiers of 45 CFR 164.514(b)(2) in log events of any shape and treats what it finds: bytes in, bytes out.
 *
 * <p>Start with {@link dev.phial.masking.Masker}. The engine depends on the JDK only; it knows no network, no clock and no
 * key. Treatments that need keys leave through {@link dev.phial.masking.KeyedTreatment}.
 */
@NullMarked
package dev.phial.masking;

import org.jspecify.annotations.NullMarked;
