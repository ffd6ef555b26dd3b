/** The selector language, as syntax: parsed here, evaluated by the transformers. */
@NullMarked
package dev.phial.gateway.policy.selector;

import org.jspecify.annotations.NullMarked;
