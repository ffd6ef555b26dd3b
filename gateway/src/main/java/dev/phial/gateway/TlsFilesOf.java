package dev.phial.gateway;

import dev.phial.gateway.config.Listener;
import dev.phial.gateway.tls.TlsFiles;

/** TLS settings of the configuration as the TLS package takes them. */
final class TlsFilesOf {
  private TlsFilesOf() {}

  static TlsFiles listener(Listener.Tls tls) {
    return new TlsFiles(tls.certificate(), tls.key(), tls.clientCa());
  }
}
