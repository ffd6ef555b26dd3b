/** The protection engine: elements in, protected or revealed values out. Knows no channel. */
@NullMarked
package dev.phial.gateway.engine;

import org.jspecify.annotations.NullMarked;
