/** Administration: what security teams do to keys, authorized and audited. Knows no channel. */
@NullMarked
package dev.phial.gateway.admin;

import org.jspecify.annotations.NullMarked;
