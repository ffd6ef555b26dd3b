@NullMarked
package dev.phial.gateway.audit;

import org.jspecify.annotations.NullMarked;
