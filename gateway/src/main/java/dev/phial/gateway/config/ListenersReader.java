package dev.phial.gateway.config;

import dev.phial.gateway.config.GatewayConfig.Listeners;
import dev.phial.gateway.config.Listener.Tls;
import dev.phial.gateway.yaml.YamlFields;
import dev.phial.gateway.yaml.YamlNode;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Reads {@code listeners}. */
final class ListenersReader {
  private static final Listener NONE =
      new Listener(new Address.Tcp("localhost", 0), Optional.empty());

  private final Directories directories;
  private final Set<Address> taken = new HashSet<>();

  ListenersReader(Directories directories) {
    this.directories = directories;
  }

  Listeners read(YamlNode node) {
    YamlFields fields = node.fields();
    Listeners listeners = new Listeners(
        fields.required("http").map(this::listener).orElse(NONE),
        fields.required("grpc").map(this::listener).orElse(NONE),
        fields.required("management").map(this::management).orElse(NONE),
        fields.optional("admin").map(this::listener));
    fields.done();
    return listeners;
  }

  private Listener listener(YamlNode node) {
    YamlFields fields = node.fields();
    Optional<YamlNode> place = fields.required("address");
    Address address = place.flatMap(a -> a.parse(Address::parse)).orElse(NONE.address());
    Optional<YamlNode> tls = fields.optional("tls");
    fields.done();
    place.ifPresent(p -> {
      requireTls(address, p, tls.isPresent());
      requireFree(address, p);
    });
    return new Listener(address, tls.flatMap(this::tls));
  }

  /** Probes and scrapers come from other machines and speak plaintext; nothing of a patient is shown there. */
  private Listener management(YamlNode node) {
    YamlFields fields = node.fields();
    Optional<YamlNode> place = fields.required("address");
    Address address = place.flatMap(a -> a.parse(Address::parse)).orElse(NONE.address());
    fields.done();
    place.ifPresent(p -> requireFree(address, p));
    return new Listener(address, Optional.empty());
  }

  static void requireTls(Address address, YamlNode place, boolean tls) {
    if (!address.local() && !tls) {
      place.refuse(
          "can be reached from other machines, and plaintext is spoken on loopback addresses and Unix sockets only; add 'tls', or listen on 127.0.0.1");
    }
  }

  void requireFree(Address address, YamlNode place) {
    boolean anyPort = address instanceof Address.Tcp tcp && tcp.port() == 0;
    if (!taken.add(address) && !anyPort) {
      place.refuse("is the address of another listener too");
    }
  }

  Optional<Tls> tls(YamlNode node) {
    YamlFields fields = node.fields();
    Optional<Path> certificate = fields.required("certificate").flatMap(directories::read);
    Optional<Path> key = fields.required("key").flatMap(directories::read);
    Optional<Path> clientCa = fields.optional("client_ca").flatMap(directories::read);
    fields.done();
    return certificate.flatMap(c -> key.map(k -> new Tls(c, k, clientCa)));
  }
}
