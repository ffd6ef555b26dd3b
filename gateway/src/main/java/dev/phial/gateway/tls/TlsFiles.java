package dev.phial.gateway.tls;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A server's TLS files, all PEM.
 *
 * @param certificate the certificate chain, leaf first
 * @param key the leaf's private key, PKCS #8 or the traditional form, not encrypted
 * @param clientCa the certificates that may sign client certificates; when given, every client must show one (mTLS)
 */
public record TlsFiles(Path certificate, Path key, Optional<Path> clientCa) {}
