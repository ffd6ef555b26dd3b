@NullMarked
package dev.phial.gateway.yaml;

import org.jspecify.annotations.NullMarked;
