/** Azure Key Vault and Managed HSM, over their REST interface. */
@NullMarked
package dev.phial.kms.azure;

import org.jspecify.annotations.NullMarked;
