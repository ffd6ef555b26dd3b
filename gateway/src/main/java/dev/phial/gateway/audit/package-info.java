/** The audit log: durable, hash-chained, written before any answer leaves. */
@NullMarked
package dev.phial.gateway.audit;

import org.jspecify.annotations.NullMarked;
