/**
 * The shapes of events: JSON with whatever is nested in it, FHIR, HL7 version 2. A value's place decides what it is before its text
 * does.
 */
@NullMarked
package dev.phial.masking.structure;

import org.jspecify.annotations.NullMarked;
