@NullMarked
package dev.phial.gateway.policy.selector;

import org.jspecify.annotations.NullMarked;
