/**
 * Log protocols over HTTP: Splunk HEC, Elasticsearch {@code _bulk}, Loki push, OTLP. One connection handler for all; a
 * {@link dev.phial.gateway.logs.web.WebProtocol} says what requests mean.
 */
@NullMarked
package dev.phial.gateway.logs.web;

import org.jspecify.annotations.NullMarked;
