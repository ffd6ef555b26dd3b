/** The phial command. */
@NullMarked
package dev.phial.gateway.cli;

import org.jspecify.annotations.NullMarked;
