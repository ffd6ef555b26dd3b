/** Known answers: what the module and this library must say to questions whose answers are published or frozen. */
@NullMarked
package dev.phial.crypto.selftest;

import org.jspecify.annotations.NullMarked;
