/**
 * Texts as numbers: which of a text's characters change, out of which sets, and how what changes becomes a number below
 * their product and comes back. For this module's own packages.
 */
@NullMarked
package dev.phial.crypto.token.layout;

import org.jspecify.annotations.NullMarked;
