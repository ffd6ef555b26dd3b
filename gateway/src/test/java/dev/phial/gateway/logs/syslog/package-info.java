/** Tests of the log gateway: syslog. */
@NullMarked
package dev.phial.gateway.logs.syslog;

import org.jspecify.annotations.NullMarked;
