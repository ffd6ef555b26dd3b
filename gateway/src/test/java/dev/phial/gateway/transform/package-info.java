@NullMarked
package dev.phial.gateway.transform;

import org.jspecify.annotations.NullMarked;
