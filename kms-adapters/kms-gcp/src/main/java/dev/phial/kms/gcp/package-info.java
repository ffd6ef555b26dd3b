/** Google Cloud KMS, over its REST interface. */
@NullMarked
package dev.phial.kms.gcp;

import org.jspecify.annotations.NullMarked;
