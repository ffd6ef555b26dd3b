/** Listening and connecting, as all protocols of the log gateway need it. */
@NullMarked
package dev.phial.gateway.logs.net;

import org.jspecify.annotations.NullMarked;
