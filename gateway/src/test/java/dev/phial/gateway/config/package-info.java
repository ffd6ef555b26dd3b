@NullMarked
package dev.phial.gateway.config;

import org.jspecify.annotations.NullMarked;
