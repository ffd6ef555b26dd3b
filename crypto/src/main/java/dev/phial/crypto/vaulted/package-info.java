/** What is stored behind vaulted tokens: values sealed under a key of each token's own, and keyed digests to find a value's token. */
@NullMarked
package dev.phial.crypto.vaulted;

import org.jspecify.annotations.NullMarked;
