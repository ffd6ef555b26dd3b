/** The one cryptographic module: started in approved-only mode, checked, and everything else refused. */
@NullMarked
package dev.phial.crypto.fips;

import org.jspecify.annotations.NullMarked;
