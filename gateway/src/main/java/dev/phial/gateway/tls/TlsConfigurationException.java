package dev.phial.gateway.tls;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A TLS file cannot be used. The message names the setting, the file, and what to do; never what the file holds. */
public final class TlsConfigurationException extends RuntimeException {
  @Serial
  private static final long serialVersionUID = 1L;

  public TlsConfigurationException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  static TlsConfigurationException of(PemFile file, String problem, @Nullable Throwable cause) {
    return new TlsConfigurationException(
        "tls " + file.setting() + " (" + file.path() + "): " + problem, cause);
  }
}
