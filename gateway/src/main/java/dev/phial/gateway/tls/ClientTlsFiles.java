package dev.phial.gateway.tls;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A client's TLS files, all PEM.
 *
 * @param serverCa the certificates that may sign the server's; without it, those the JDK trusts
 * @param identity what the client shows of itself; without it, nothing
 */
public record ClientTlsFiles(Optional<Path> serverCa, Optional<Identity> identity) {

  /**
   * A client certificate.
   *
   * @param certificate the certificate chain, leaf first
   * @param key the leaf's private key, not encrypted
   */
  public record Identity(Path certificate, Path key) {}
}
