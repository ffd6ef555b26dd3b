package dev.phial.gateway.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The log gateway.
 *
 * @param caller in whose name values in logs are tokenized
 * @param buffer where masked logs wait to be forwarded
 * @param limits what senders may take
 * @param receivers where logs come in and where each forwards them, by name
 */
public record Logs(Caller caller, Buffer buffer, Limits limits, Map<String, Receiver> receivers) {

  /**
   * In whose name values in logs are tokenized: recorded in audit, and asked for by the policy's access rules.
   *
   * @param name the caller's name in audit
   * @param tenant whose keys
   * @param roles role names of the policy
   * @param purpose its purpose of use
   */
  public record Caller(String name, String tenant, Set<String> roles, String purpose) {
    static final Caller DEFAULTS = new Caller("logs", "default", Set.of(), "");

    public Caller {
      roles = Set.copyOf(roles);
    }
  }

  /**
   * Buffers on disk, one for each receiver.
   *
   * @param directory holds a directory for each
   * @param maxSize the most bytes of one buffer
   * @param sync after how long what was accepted is forced to the disk at the latest; zero: before it is accepted
   */
  public record Buffer(Path directory, long maxSize, Duration sync) {}

  /**
   * What senders may take. Sizes in bytes.
   *
   * @param event one syslog message
   * @param request one request or chunk, as it is sent
   * @param expanded one request or chunk, decompressed
   * @param connections open connections of one receiver
   * @param idleTimeout a connection on which nothing comes
   * @param maskingTimeout for how long syslog messages that cannot be masked are tried again
   */
  public record Limits(
      int event,
      int request,
      int expanded,
      int connections,
      Duration idleTimeout,
      Duration maskingTimeout) {
    private static final int KIB = 1 << 10;
    private static final int MIB = 1 << 20;

    /** The one place of all defaults; docs/configuration.md repeats them and a test compares. */
    public static final Limits DEFAULTS = new Limits(
        64 * KIB, 8 * MIB, 32 * MIB, 1_000, Duration.ofMinutes(5), Duration.ofSeconds(30));
  }

  /** What is spoken, on both sides. */
  public enum Protocol {
    SYSLOG_UDP("syslog-udp"),
    SYSLOG_TCP("syslog-tcp"),
    SPLUNK_HEC("splunk-hec"),
    ELASTICSEARCH("elasticsearch"),
    LOKI("loki"),
    OTLP_HTTP("otlp-http"),
    OTLP_GRPC("otlp-grpc"),
    FLUENTD("fluentd");

    private final String text;

    Protocol(String text) {
      this.text = text;
    }

    /** As it is written. */
    public String text() {
      return text;
    }

    public boolean syslog() {
      return this == SYSLOG_UDP || this == SYSLOG_TCP;
    }

    /** The schemes that a destination's URL may have. */
    Set<String> schemes() {
      return switch (this) {
        case SYSLOG_UDP, SYSLOG_TCP -> Set.of("tcp", "tls", "udp");
        case FLUENTD -> Set.of("tcp", "tls");
        default -> Set.of("http", "https");
      };
    }
  }

  /**
   * Where logs come in.
   *
   * @param protocol what is spoken
   * @param listener where; TLS whenever it can be reached from another machine
   * @param tokens a file of tokens, one a line; when there is one, senders must show one of them
   * @param to where they go
   */
  public record Receiver(
      Protocol protocol, Listener listener, Optional<Path> tokens, Destination to) {}

  /**
   * Where logs go.
   *
   * @param url {@code tcp}, {@code tls}, {@code udp}, {@code http} or {@code https}, with host and port
   * @param counted for syslog over TCP: whether octets are counted, as against lines
   * @param authorization a file with the value of the Authorization field
   * @param ca for TLS, who signs the server's certificate; none: the JDK's list
   * @param identity for TLS, the certificate that is shown
   */
  public record Destination(
      URI url,
      boolean counted,
      Optional<Path> authorization,
      Optional<Path> ca,
      Optional<Identity> identity) {

    public boolean secure() {
      return "https".equals(url.getScheme()) || "tls".equals(url.getScheme());
    }

    /** The port, the scheme's own when the URL names none. */
    public int port() {
      return url.getPort() >= 0 ? url.getPort() : secure() ? 443 : 80;
    }

    /** The host, IPv6 without brackets. */
    public String host() {
      return url.getHost().replaceAll("[\\[\\]]", "");
    }
  }

  /** A client certificate, PEM. */
  public record Identity(Path certificate, Path key) {}

  public Logs {
    receivers = Map.copyOf(receivers);
  }
}
