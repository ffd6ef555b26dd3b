/** TLS contexts from PEM files through the FIPS provider. */
@NullMarked
package dev.phial.gateway.tls;

import org.jspecify.annotations.NullMarked;
