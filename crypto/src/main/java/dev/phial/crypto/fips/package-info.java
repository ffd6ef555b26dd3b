/**
 * The one cryptographic module: started in approved-only mode, checked, and everything else refused; and the few calls
 * into it ({@link dev.phial.crypto.fips.AesBlocks}, {@link dev.phial.crypto.fips.AesGcm}, {@link
 * dev.phial.crypto.fips.HmacSha256}, {@link dev.phial.crypto.fips.CounterKdf}) that the other packages of this module are
 * made of. Those calls turn the module's {@link java.lang.Error}s into {@link
 * dev.phial.crypto.fips.FipsModuleException}. They are not for use outside of this module.
 */
@NullMarked
package dev.phial.crypto.fips;

import org.jspecify.annotations.NullMarked;
