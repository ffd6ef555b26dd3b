package dev.phial.gateway.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A server that requests are forwarded to.
 *
 * @param url {@code http} or {@code https}, host and optional port; no path, query or user
 * @param ca for https, who signs the server's certificate; none: the JDK's list
 */
public record Upstream(URI url, Optional<Path> ca) {

  /**
   * Reads a URL.
   *
   * @throws IllegalArgumentException when it is not one that can be used; the message does not repeat it
   */
  static URI parse(String text) {
    String problem = "must be http://host:port or https://host:port, without user, path or query";
    URI url;
    try {
      url = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(problem);
    }
    boolean plain = url.getRawUserInfo() == null
        && url.getRawQuery() == null
        && url.getRawFragment() == null
        && (url.getRawPath() == null || url.getRawPath().matches("/?"));
    boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!plain || !http || url.getHost() == null || url.getPort() > 65_535) {
      throw new IllegalArgumentException(problem);
    }
    return url;
  }

  public boolean secure() {
    return "https".equals(url.getScheme());
  }

  /** The port, the scheme's own when the URL names none. */
  public int port() {
    return url.getPort() >= 0 ? url.getPort() : secure() ? 443 : 80;
  }
}
