package dev.phial.gateway.policy;

import dev.phial.gateway.yaml.Problems;
import dev.phial.gateway.yaml.YamlFields;
import dev.phial.gateway.yaml.YamlFile;
import dev.phial.gateway.yaml.YamlNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Loads and checks a policy: the file as a whole, all problems at once, and nothing of it when there is one. Thread-safe: keeps
 * nothing between loads. docs/policy.md describes the language.
 */
public final class PolicyLoader {

  /**
   * The compiled policy of a file.
   *
   * @throws PolicyException with every problem found
   */
  public Policy load(Path file) {
    return load(file, Upstreams.ANY);
  }

  /**
   * As {@link #load(Path)}, and checks that each upstream a route names is one of {@code upstreams}.
   *
   * @throws PolicyException with every problem found
   */
  public Policy load(Path file, Set<String> upstreams) {
    return load(file, Upstreams.of(upstreams));
  }

  /** A policy that is not in a file; {@code name} stands for it in problems. */
  Policy parse(String name, String yaml) {
    Problems problems = new Problems();
    return compile(
        new YamlFile(name, problems),
        yaml.getBytes(StandardCharsets.UTF_8),
        Upstreams.ANY,
        problems);
  }

  private static Policy load(Path file, Upstreams upstreams) {
    Problems problems = new Problems();
    YamlFile yaml = new YamlFile(file.toString(), problems);
    byte[] source = yaml.bytes(file).orElseThrow(() -> new PolicyException(problems.list()));
    return compile(yaml, source, upstreams, problems);
  }

  private static Policy compile(
      YamlFile yaml, byte[] source, Upstreams upstreams, Problems problems) {
    YamlNode root = yaml.parse(source);
    if (!problems.isEmpty()) {
      throw new PolicyException(problems.list());
    }
    Policy policy = compile(root, digest(source), upstreams);
    if (!problems.isEmpty()) {
      throw new PolicyException(problems.list());
    }
    return policy;
  }

  private static Policy compile(YamlNode root, String digest, Upstreams upstreams) {
    YamlFields fields = root.fields();
    fields.required("version").ifPresent(version -> version.integer(1, 1));
    Elements elements = ElementsReader.read(fields.required("elements"));
    Optional<YamlNode> selectionsNode = fields.optional("selections");
    Optional<YamlNode> patientsNode = fields.optional("patients");
    Optional<YamlNode> http = fields.optional("http");
    Selections selections = SelectionsReader.read(selectionsNode, elements);
    Patients patients = PatientsReader.read(patientsNode);
    List<HttpRoute> routes = new RoutesReader(elements, selections, patients, upstreams).read(http);
    selections.refuseUnused();
    patients.refuseUnused();
    Map<String, Role> roles = new AccessReader(elements).read(fields.required("access"));
    fields.done();
    return new Policy(digest, elements.usable(), routes, roles);
  }

  private static String digest(byte[] source) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(source));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
