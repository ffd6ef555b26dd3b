/**
 * Finds identifiers in a text: each family in a class of its own, asked only where one of its kind can begin, and answering by
 * exact checks: areas, check digits, ranges, whole words near by.
 */
@NullMarked
package dev.phial.masking.detect;

import org.jspecify.annotations.NullMarked;
