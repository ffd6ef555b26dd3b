package dev.phial.gateway.yaml;

import dev.phial.gateway.yaml.YamlTree.Mapping;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads one YAML file: strict UTF-8, one document, bounded in size and in what aliases make of it. */
public final class YamlFile {
  private static final int MOST_BYTES = 1 << 20;

  private final String name;
  private final Problems problems;

  /**
   * @param name the file's name in problems
   * @param problems where problems go
   */
  public YamlFile(String name, Problems problems) {
    this.name = name;
    this.problems = problems;
  }

  /** The bytes of a file, or nothing and a problem. */
  public Optional<byte[]> bytes(Path path) {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        return refuse("is larger than 1 MiB");
      }
      return Optional.of(bytes);
    } catch (IOException e) {
      return refuse("cannot be read (" + e.getClass().getSimpleName()
          + "); name an existing file that this user may read");
    }
  }

  /** The document in {@code bytes}; an empty mapping, and problems, when there is none that can be used. */
  public YamlNode parse(byte[] bytes) {
    YamlTree tree = decode(bytes)
        .flatMap(this::compose)
        .flatMap(node -> new TreeBuilder(name, problems).build(node))
        .orElseGet(() -> new Mapping(new Origin(name, 1, 1), List.of()));
    return new YamlNode(tree, "", problems);
  }

  private Optional<String> decode(byte[] bytes) {
    try {
      return Optional.of(StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes))
          .toString());
    } catch (CharacterCodingException e) {
      return refuse("is not UTF-8");
    }
  }

  private Optional<Node> compose(String text) {
    LoadSettings settings = LoadSettings.builder()
        .setLabel(name)
        .setCodePointLimit(MOST_BYTES)
        .setMaxAliasesForCollections(TreeBuilder.MOST_ALIASES)
        .build();
    try {
      if (tooDeep(new Parse(settings).parseString(text))) {
        return refuse("is nested too deeply");
      }
      Optional<Node> node = new Compose(settings).composeString(text);
      return node.isPresent() ? node : refuse("is empty");
    } catch (MarkedYamlEngineException e) {
      // getMessage() quotes the line, which may hold a secret; getProblem() says only what was met.
      Optional<Mark> mark = e.getProblemMark();
      problems.add(new Problem(
          name,
          mark.map(m -> m.getLine() + 1).orElse(0),
          mark.map(m -> m.getColumn() + 1).orElse(0),
          "",
          "is not YAML: " + e.getProblem()));
      return Optional.empty();
    } catch (YamlEngineException e) {
      return refuse(
          "is not YAML that can be used: it is too large, too deep or has too many aliases");
    }
  }

  /** The composer calls itself for each level; this looks first, in a loop. */
  private static boolean tooDeep(Iterable<Event> events) {
    int depth = 0;
    for (Event event : events) {
      depth +=
          event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
      if (depth > TreeBuilder.MOST_DEPTH) {
        return true;
      }
    }
    return false;
  }

  private <T> Optional<T> refuse(String message) {
    problems.add(new Problem(name, 0, 0, "", message));
    return Optional.empty();
  }
}
