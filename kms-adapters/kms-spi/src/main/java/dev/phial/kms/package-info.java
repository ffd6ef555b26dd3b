/**
 * What Phial asks of a key management service, and what an adapter promises in return.
 *
 * <p>Start with {@link dev.phial.kms.Kms}: two operations that matter and one that informs. An adapter is a {@link
 * dev.phial.kms.KmsProvider} in a jar of its own, found by {@link java.util.ServiceLoader}; it passes {@code
 * KmsContractTest} of the test kit. This package depends on the JDK only, so that an adapter's dependencies are its own.
 */
@NullMarked
package dev.phial.kms;

import org.jspecify.annotations.NullMarked;
