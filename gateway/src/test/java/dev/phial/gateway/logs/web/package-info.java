/** Tests of the log gateway: web. */
@NullMarked
package dev.phial.gateway.logs.web;

import org.jspecify.annotations.NullMarked;
