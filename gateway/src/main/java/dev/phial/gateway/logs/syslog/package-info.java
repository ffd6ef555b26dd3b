/** Syslog: RFC 5424 and RFC 3164 messages over UDP, TCP and TLS (RFC 5426, RFC 6587, RFC 5425). */
@NullMarked
package dev.phial.gateway.logs.syslog;

import org.jspecify.annotations.NullMarked;
