/** Sealed data that opens without Phial: messages of the AWS Encryption SDK under a raw AES wrapping key (decision record 0013). */
@NullMarked
package dev.phial.crypto.portable;

import org.jspecify.annotations.NullMarked;
