/** Published test vectors, read as their publishers distribute them and asked of the installed build. */
@NullMarked
package dev.phial.gateway.cli.vectors;

import org.jspecify.annotations.NullMarked;
