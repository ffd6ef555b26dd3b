/** The HTTP/1.1 reverse proxy. */
@NullMarked
package dev.phial.gateway.http;

import org.jspecify.annotations.NullMarked;
