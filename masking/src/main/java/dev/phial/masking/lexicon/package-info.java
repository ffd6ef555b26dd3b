/** What words mean: names, places, months, and the key words by which applications call the identifiers. */
@NullMarked
package dev.phial.masking.lexicon;

import org.jspecify.annotations.NullMarked;
