@NullMarked
package dev.phial.crypto;

import org.jspecify.annotations.NullMarked;
