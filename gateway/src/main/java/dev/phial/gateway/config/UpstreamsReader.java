package dev.phial.gateway.config;

import dev.phial.gateway.yaml.YamlFields;
import dev.phial.gateway.yaml.YamlNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads {@code upstreams}. */
final class UpstreamsReader {
  private final Directories directories;

  UpstreamsReader(Directories directories) {
    this.directories = directories;
  }

  Map<String, Upstream> read(YamlNode node) {
    Map<String, Upstream> upstreams = new HashMap<>();
    node.members().forEach((name, member) -> {
      Names.check(name, member);
      upstream(member).ifPresent(upstream -> upstreams.put(name, upstream));
    });
    return upstreams;
  }

  private Optional<Upstream> upstream(YamlNode node) {
    YamlFields fields = node.fields();
    Optional<URI> url = fields.required("url").flatMap(u -> u.parse(Upstream::parse));
    Optional<Path> ca = fields.optional("tls").flatMap(this::ca);
    fields.done();
    Optional<Upstream> upstream = url.map(u -> new Upstream(u, ca));
    if (ca.isPresent() && upstream.isPresent() && !upstream.get().secure()) {
      node.refuse("has 'tls', and its url is not https");
    }
    return upstream;
  }

  private Optional<Path> ca(YamlNode node) {
    YamlFields fields = node.fields();
    Optional<Path> ca = fields.required("ca").flatMap(directories::read);
    fields.done();
    return ca;
  }
}
