/**
 * For the tests of adapters and of those who use a KMS: the contract as a suite, a KMS in memory, and faults on demand.
 * Never on a production class path.
 */
@NullMarked
package dev.phial.kms.testkit;

import org.jspecify.annotations.NullMarked;
