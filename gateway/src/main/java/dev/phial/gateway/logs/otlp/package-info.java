/** OpenTelemetry's logs: what is masked in them, and OTLP over gRPC. OTLP over HTTP is in {@code web}. */
@NullMarked
package dev.phial.gateway.logs.otlp;

import org.jspecify.annotations.NullMarked;
