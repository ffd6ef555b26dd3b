/** The embedded database: wrapped keys, versions and pins. */
@NullMarked
package dev.phial.gateway.store;

import org.jspecify.annotations.NullMarked;
