/** What a protected value belongs to, in one canonical, injective encoding. */
@NullMarked
package dev.phial.crypto.context;

import org.jspecify.annotations.NullMarked;
