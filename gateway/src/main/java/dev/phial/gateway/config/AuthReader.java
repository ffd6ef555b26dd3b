package dev.phial.gateway.config;

import dev.phial.gateway.config.Auth.CertificateCaller;
import dev.phial.gateway.config.Auth.JwtIssuer;
import dev.phial.gateway.config.Auth.LocalIssuer;
import dev.phial.gateway.yaml.YamlFields;
import dev.phial.gateway.yaml.YamlNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads {@code auth}, and {@code admin.auth}, which has the same form. */
final class AuthReader {
  private final Directories directories;

  AuthReader(Directories directories) {
    this.directories = directories;
  }

  Auth read(YamlNode node) {
    YamlFields fields = node.fields();
    List<JwtIssuer> jwt = list(fields, "jwt", this::jwtIssuer);
    Optional<LocalIssuer> local = fields.optional("local_issuer").flatMap(this::localIssuer);
    List<CertificateCaller> mtls = list(fields, "mtls", AuthReader::certificateCaller);
    fields.done();
    return new Auth(jwt, local, mtls);
  }

  private static <T> List<T> list(
      YamlFields fields, String key, Function<YamlNode, Optional<T>> reader) {
    return fields.optional(key).map(YamlNode::items).orElse(List.of()).stream()
        .flatMap(item -> reader.apply(item).stream())
        .toList();
  }

  private Optional<JwtIssuer> jwtIssuer(YamlNode node) {
    YamlFields fields = node.fields();
    String issuer = fields.text("issuer");
    String audience = fields.text("audience");
    Optional<Path> keys = fields.required("jwks_file").flatMap(directories::read);
    fields.done();
    return keys.map(file -> new JwtIssuer(issuer, audience, file));
  }

  private Optional<LocalIssuer> localIssuer(YamlNode node) {
    YamlFields fields = node.fields();
    Optional<Path> file = fields.required("file").flatMap(directories::written);
    boolean create = fields.flag("create", false);
    fields.done();
    return file.map(f -> new LocalIssuer(f, create));
  }

  private static Optional<CertificateCaller> certificateCaller(YamlNode node) {
    YamlFields fields = node.fields();
    CertificateCaller caller = new CertificateCaller(
        fields.text("subject"),
        fields.text("caller"),
        fields.text("tenant"),
        texts(fields, "roles"),
        texts(fields, "purposes"));
    fields.done();
    return Optional.of(caller);
  }

  /** Refuses callers known by certificate when none of the listeners asks for one. */
  static void checkMtls(
      Auth auth, List<Optional<Listener>> listeners, YamlNode node, String which) {
    boolean asked = listeners.stream()
        .flatMap(Optional::stream)
        .anyMatch(listener -> listener.tls().flatMap(Listener.Tls::clientCa).isPresent());
    if (!auth.mtls().isEmpty() && !asked) {
      node.refuse("names callers by certificate, and no listener asks for one; give " + which
          + " 'tls' with 'client_ca'");
    }
  }

  private static Set<String> texts(YamlFields fields, String key) {
    return fields.required(key).map(YamlNode::items).orElse(List.of()).stream()
        .map(YamlNode::text)
        .collect(Collectors.toSet());
  }
}
