/** The gateway's configuration: a tree of records, loaded from YAML, environment and flags. */
@NullMarked
package dev.phial.gateway.config;

import org.jspecify.annotations.NullMarked;
