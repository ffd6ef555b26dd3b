@NullMarked
package dev.phial.gateway.http;

import org.jspecify.annotations.NullMarked;
