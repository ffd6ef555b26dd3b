/** HashiCorp Vault and OpenBao: KEKs are keys of the transit engine. */
@NullMarked
package dev.phial.kms.vault;

import org.jspecify.annotations.NullMarked;
