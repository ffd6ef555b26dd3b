/**
 * A server that follows the published HTTP API of HashiCorp Vault and OpenBao, as far as a KMS adapter needs it: logins,
 * tokens, and the transit engine. Stricter than the original: a parameter that the API does not know is refused.
 */
@NullMarked
package dev.phial.kms.testkit.vault;

import org.jspecify.annotations.NullMarked;
