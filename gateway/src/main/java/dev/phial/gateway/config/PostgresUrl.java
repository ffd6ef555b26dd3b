package dev.phial.gateway.config;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a PostgreSQL database is: {@code postgresql://host:port/database}. Several hosts with commas between are servers of
 * one cluster.
 *
 * @param hosts one or more, with their ports
 * @param database the database's name
 */
public record PostgresUrl(List<Address.Tcp> hosts, String database) {
  private static final String PROBLEM =
      "must be postgresql://host:port/database, several hosts with commas, without user, password or parameters";
  private static final Pattern URL =
      Pattern.compile("postgresql://([^/@?]+)/([A-Za-z0-9_.-]{1,63})");
  private static final String DEFAULT_PORT = ":5432";
  private static final Pattern WITH_PORT = Pattern.compile(".*:[0-9]{1,5}");

  public PostgresUrl {
    hosts = List.copyOf(hosts);
  }

  /**
   * Reads a URL.
   *
   * @throws IllegalArgumentException when it is not one; the message does not repeat it
   */
  static PostgresUrl parse(String text) {
    Matcher url = URL.matcher(text);
    if (!url.matches()) {
      throw new IllegalArgumentException(PROBLEM);
    }
    List<Address.Tcp> hosts =
        Stream.of(url.group(1).split(",", -1)).map(PostgresUrl::host).toList();
    return new PostgresUrl(hosts, url.group(2));
  }

  private static Address.Tcp host(String text) {
    String complete = WITH_PORT.matcher(text).matches() ? text : text + DEFAULT_PORT;
    if (Address.TCP.matcher(complete).matches()
        && Address.parse(complete) instanceof Address.Tcp tcp
        && tcp.port() > 0) {
      return tcp;
    }
    throw new IllegalArgumentException(PROBLEM);
  }

  /** Whether the way there does not leave this machine, so that plaintext may be spoken. */
  public boolean local() {
    return hosts.stream().allMatch(Address.Tcp::local);
  }

  /** The hosts as the driver reads them. */
  public String hostList() {
    return hosts.stream().map(Address.Tcp::toString).collect(Collectors.joining(","));
  }

  @Override
  public String toString() {
    return "postgresql://" + hostList() + "/" + database;
  }
}
