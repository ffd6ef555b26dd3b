@NullMarked
package dev.phial.gateway.policy;

import org.jspecify.annotations.NullMarked;
