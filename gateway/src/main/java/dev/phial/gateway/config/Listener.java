package dev.phial.gateway.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * One listener.
 *
 * @param address where
 * @param tls its TLS; there whenever {@code address} can be reached from another machine
 */
public record Listener(Address address, Optional<Tls> tls) {

  /**
   * The TLS of a listener, from PEM files.
   *
   * @param certificate the certificate chain, leaf first
   * @param key its private key
   * @param clientCa who signs client certificates; when there is one, every client must show a certificate
   */
  public record Tls(Path certificate, Path key, Optional<Path> clientCa) {}
}
