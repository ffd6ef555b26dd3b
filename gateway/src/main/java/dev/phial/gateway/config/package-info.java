/**
 * The gateway's configuration: a tree of records ({@link dev.phial.gateway.config.GatewayConfig}), loaded by {@link
 * dev.phial.gateway.config.ConfigLoader} from YAML, environment and flags. Knows nothing of what is configured.
 */
@NullMarked
package dev.phial.gateway.config;

import org.jspecify.annotations.NullMarked;
