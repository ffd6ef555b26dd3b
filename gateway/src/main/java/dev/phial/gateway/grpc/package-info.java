/** The gRPC services. */
@NullMarked
package dev.phial.gateway.grpc;

import org.jspecify.annotations.NullMarked;
