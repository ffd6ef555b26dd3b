/** YAML with line numbers: every problem is collected with file and line, none is thrown singly. */
@NullMarked
package dev.phial.gateway.yaml;

import org.jspecify.annotations.NullMarked;
