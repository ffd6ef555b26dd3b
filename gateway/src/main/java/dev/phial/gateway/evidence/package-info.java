/**
 * Statements that outlive the gateway and that an outsider can verify with a public key alone: what a job did, what was
 * destroyed. Knows nothing of what it states.
 */
@NullMarked
package dev.phial.gateway.evidence;

import org.jspecify.annotations.NullMarked;
