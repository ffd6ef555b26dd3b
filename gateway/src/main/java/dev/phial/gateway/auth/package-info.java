/** Authentication: from a certificate or a JWT to a caller. */
@NullMarked
package dev.phial.gateway.auth;

import org.jspecify.annotations.NullMarked;
