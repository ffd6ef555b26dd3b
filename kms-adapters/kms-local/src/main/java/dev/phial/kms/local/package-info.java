/**
 * A KMS for one machine: KEKs in a BCFKS keystore file, used by the approved module. The provider {@code BCFIPS} must be
 * installed in approved-only mode before; this package does not start it.
 */
@NullMarked
package dev.phial.kms.local;

import org.jspecify.annotations.NullMarked;
