/**
 * What is put around a KMS, whichever it is: a time limit, retries, a circuit breaker, bounds on concurrency and rate, and
 * measurements of each attempt. {@link ResilientKms} says in which order.
 */
@NullMarked
package dev.phial.kms.resilience;

import org.jspecify.annotations.NullMarked;
