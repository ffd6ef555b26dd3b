/**
 * Key managers and HSMs that speak KMIP 1.4 over mutual TLS. There is no well-kept KMIP library on Maven Central; this is a
 * client for the few operations that wrapping needs.
 */
@NullMarked
package dev.phial.kms.kmip;

import org.jspecify.annotations.NullMarked;
