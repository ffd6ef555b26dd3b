package dev.phial.gateway.config;

import dev.phial.gateway.config.Logs.Destination;
import dev.phial.gateway.config.Logs.Identity;
import dev.phial.gateway.config.Logs.Protocol;
import dev.phial.gateway.config.Logs.Receiver;
import dev.phial.gateway.yaml.YamlFields;
import dev.phial.gateway.yaml.YamlNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads one of {@code logs.receivers}. */
final class LogReceiverReader {
  private final Directories directories;
  private final ListenersReader listeners;
  private final Set<Address> datagrams = new HashSet<>();

  LogReceiverReader(Directories directories) {
    this.directories = directories;
    this.listeners = new ListenersReader(directories);
  }

  Optional<Receiver> read(YamlNode node) {
    YamlFields fields = node.fields();
    Optional<Protocol> protocol =
        fields.required("protocol").flatMap(p -> p.parse(LogReceiverReader::protocol));
    boolean udp = protocol.filter(Protocol.SYSLOG_UDP::equals).isPresent();
    Optional<YamlNode> place = fields.required("address");
    Optional<Address> address = place.flatMap(a -> a.parse(LogReceiverReader::tcp));
    Optional<YamlNode> tlsNode = fields.optional("tls");
    Optional<Listener.Tls> tls = tlsNode.flatMap(listeners::tls);
    Optional<YamlNode> tokenNode = fields.optional("tokens");
    Optional<Path> tokens = tokenNode.flatMap(this::file);
    Optional<Destination> to =
        fields.required("to").flatMap(t -> protocol.flatMap(p -> destination(t, p)));
    fields.done();

    place.ifPresent(p -> address.ifPresent(a -> {
      ListenersReader.requireTls(a, p, tls.isPresent());
      requireFree(a, p, udp);
    }));
    protocol.ifPresent(p -> refuseUseless(p, tlsNode, tokenNode, node));
    return protocol.flatMap(p ->
        address.flatMap(a -> to.map(t -> new Receiver(p, new Listener(a, tls), tokens, t))));
  }

  private void requireFree(Address address, YamlNode place, boolean udp) {
    if (!udp) {
      listeners.requireFree(address, place);
    } else if (!datagrams.add(address) && ((Address.Tcp) address).port() != 0) {
      place.refuse("is the address of another listener too");
    }
  }

  private static void refuseUseless(
      Protocol protocol, Optional<YamlNode> tls, Optional<YamlNode> tokens, YamlNode node) {
    if (protocol == Protocol.SYSLOG_UDP) {
      tls.ifPresent(t -> t.refuse("cannot be spoken over UDP; use syslog-tcp"));
    }
    boolean http = protocol.schemes().contains("http");
    if (!http) {
      tokens.ifPresent(t ->
          t.refuse("are not known to " + protocol.text() + "; use tls with client_ca instead"));
    } else if (protocol == Protocol.SPLUNK_HEC && tokens.isEmpty()) {
      node.refuse("'tokens' is missing: HEC senders show one");
    }
  }

  private static Protocol protocol(String text) {
    return Arrays.stream(Protocol.values())
        .filter(protocol -> protocol.text().equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("must be one of "
            + Arrays.stream(Protocol.values())
                .map(Protocol::text)
                .collect(Collectors.joining(", "))));
  }

  private static Address tcp(String text) {
    Address address = Address.parse(text);
    if (!(address instanceof Address.Tcp)) {
      throw new IllegalArgumentException("must be host:port or [ipv6]:port");
    }
    return address;
  }

  private Optional<Path> file(YamlNode node) {
    YamlFields fields = node.fields();
    Optional<Path> file = fields.required("file").flatMap(directories::read);
    fields.done();
    return file;
  }

  private Optional<Destination> destination(YamlNode node, Protocol protocol) {
    YamlFields fields = node.fields();
    Optional<YamlNode> urlNode = fields.required("url");
    Optional<URI> url = urlNode.flatMap(u -> u.parse(text -> url(text, protocol)));
    Optional<YamlNode> framing = fields.optional("framing");
    boolean counted = framing.flatMap(f -> f.parse(LogReceiverReader::counted)).orElse(true);
    Optional<YamlNode> authorizationNode = fields.optional("authorization");
    Optional<Path> authorization = authorizationNode.flatMap(this::file);
    Optional<YamlNode> tls = fields.optional("tls");
    Optional<Path> ca = Optional.empty();
    Optional<Identity> identity = Optional.empty();
    if (tls.isPresent()) {
      YamlFields files = tls.get().fields();
      ca = files.optional("ca").flatMap(directories::read);
      identity = identity(files, tls.get());
      files.done();
    }
    fields.done();

    if (!protocol.syslog()) {
      framing.ifPresent(f -> f.refuse("is for syslog only"));
    }
    if (!protocol.schemes().contains("http")) {
      authorizationNode.ifPresent(a -> a.refuse("is not known to " + protocol.text()));
    }
    Optional<Path> authority = ca;
    Optional<Identity> shown = identity;
    Optional<Destination> to =
        url.map(u -> new Destination(u, counted, authorization, authority, shown));
    if (tls.isPresent() && to.isPresent() && !to.get().secure()) {
      tls.get().refuse("is there, and the url is neither https nor tls");
    }
    return to;
  }

  private Optional<Identity> identity(YamlFields files, YamlNode tls) {
    Optional<Path> certificate = files.optional("certificate").flatMap(directories::read);
    Optional<Path> key = files.optional("key").flatMap(directories::read);
    if (certificate.isPresent() != key.isPresent()) {
      tls.refuse("needs both 'certificate' and 'key', or neither");
    }
    return certificate.flatMap(c -> key.map(k -> new Identity(c, k)));
  }

  private static boolean counted(String text) {
    return switch (text) {
      case "octets" -> true;
      case "lines" -> false;
      default -> throw new IllegalArgumentException("must be octets or lines");
    };
  }

  private static URI url(String text, Protocol protocol) {
    String problem = "must be "
        + protocol.schemes().stream()
            .sorted()
            .map(scheme -> scheme + "://host:port")
            .collect(Collectors.joining(" or "))
        + ", without user, path or query";
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
    boolean port = url.getPort() > 0 && url.getPort() <= 65_535;
    boolean portless = url.getPort() < 0 && protocol.schemes().contains("http");
    boolean known = url.getScheme() != null && protocol.schemes().contains(url.getScheme());
    if (!plain || !known || url.getHost() == null || !(port || portless)) {
      throw new IllegalArgumentException(problem);
    }
    return url;
  }
}
