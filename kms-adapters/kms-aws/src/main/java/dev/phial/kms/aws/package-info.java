/**
 * AWS KMS, through the AWS SDK with its blocking client on threads of our own. No other class than the provider is loaded
 * before a KMS of this type is opened.
 */
@NullMarked
package dev.phial.kms.aws;

import org.jspecify.annotations.NullMarked;
