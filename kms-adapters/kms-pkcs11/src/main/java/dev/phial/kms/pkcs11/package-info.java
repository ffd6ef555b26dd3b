/** Hardware security modules through PKCS#11, with the JDK's own provider. KEKs are AES-256 keys that the token keeps. */
@NullMarked
package dev.phial.kms.pkcs11;

import org.jspecify.annotations.NullMarked;
