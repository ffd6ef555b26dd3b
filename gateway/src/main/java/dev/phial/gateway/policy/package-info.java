/** What is protected how, and who may see it: the compiled, immutable policy and its loader. */
@NullMarked
package dev.phial.gateway.policy;

import org.jspecify.annotations.NullMarked;
