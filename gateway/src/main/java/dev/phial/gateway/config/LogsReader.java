package dev.phial.gateway.config;

import dev.phial.gateway.config.Logs.Buffer;
import dev.phial.gateway.config.Logs.Caller;
import dev.phial.gateway.config.Logs.Limits;
import dev.phial.gateway.config.Logs.Receiver;
import dev.phial.gateway.yaml.YamlFields;
import dev.phial.gateway.yaml.YamlNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads {@code logs}. */
final class LogsReader {
  private static final long KIB = 1 << 10;
  private static final long MIB = 1 << 20;
  private static final long GIB = 1 << 30;
  private static final long DEFAULT_BUFFER = GIB;
  private static final Duration DEFAULT_SYNC = Duration.ofMillis(500);
  private static final Duration LONGEST_SYNC = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofHours(24);

  private final Directories directories;

  LogsReader(Directories directories) {
    this.directories = directories;
  }

  Logs read(YamlNode node) {
    YamlFields fields = node.fields();
    Caller caller = fields.optional("caller").map(LogsReader::caller).orElse(Caller.DEFAULTS);
    Buffer buffer = fields
        .optional("buffer")
        .map(this::buffer)
        .orElseGet(() -> new Buffer(directory(), DEFAULT_BUFFER, DEFAULT_SYNC));
    Limits limits = fields.optional("limits").map(LogsReader::limits).orElse(Limits.DEFAULTS);
    Map<String, Receiver> receivers =
        fields.required("receivers").map(this::receivers).orElse(Map.of());
    fields.done();
    return new Logs(caller, buffer, limits, receivers);
  }

  private static Caller caller(YamlNode node) {
    YamlFields fields = node.fields();
    Caller defaults = Caller.DEFAULTS;
    Caller caller = new Caller(
        fields.text("name", defaults.name()),
        fields.text("tenant", defaults.tenant()),
        fields.optional("roles").map(YamlNode::items).orElse(List.of()).stream()
            .map(YamlNode::text)
            .collect(Collectors.toSet()),
        fields.text("purpose", defaults.purpose()));
    fields.done();
    return caller;
  }

  private Path directory() {
    return directories.data().resolve("logs");
  }

  private Buffer buffer(YamlNode node) {
    YamlFields fields = node.fields();
    Buffer buffer = new Buffer(
        fields.optional("directory").flatMap(directories::written).orElseGet(this::directory),
        fields
            .optional("max_size")
            .flatMap(size -> size.parse(text -> Units.longSize(text, MIB, 1_024 * GIB)))
            .orElse(DEFAULT_BUFFER),
        fields.optional("sync").flatMap(sync -> sync.parse(LogsReader::sync)).orElse(DEFAULT_SYNC));
    fields.done();
    return buffer;
  }

  private static Duration sync(String text) {
    return text.equals("always") ? Duration.ZERO : Units.duration(text, LONGEST_SYNC);
  }

  private static Limits limits(YamlNode node) {
    YamlFields fields = node.fields();
    Limits defaults = Limits.DEFAULTS;
    Limits limits = new Limits(
        size(fields, "event", 480, 16 * MIB, defaults.event()),
        size(fields, "request", KIB, 64 * MIB, defaults.request()),
        size(fields, "expanded", KIB, 128 * MIB, defaults.expanded()),
        fields.integer("connections", 1, 1_000_000, defaults.connections()),
        duration(fields, "idle_timeout", defaults.idleTimeout()),
        duration(fields, "masking_timeout", defaults.maskingTimeout()));
    fields.done();
    return limits;
  }

  private static int size(YamlFields fields, String key, long least, long most, int fallback) {
    return fields
        .optional(key)
        .flatMap(node -> node.parse(text -> Units.size(text, least, most)))
        .orElse(fallback);
  }

  private static Duration duration(YamlFields fields, String key, Duration fallback) {
    return fields
        .optional(key)
        .flatMap(node -> node.parse(text -> Units.duration(text, LONGEST)))
        .orElse(fallback);
  }

  private Map<String, Receiver> receivers(YamlNode node) {
    Map<String, Receiver> receivers = new HashMap<>();
    LogReceiverReader reader = new LogReceiverReader(directories);
    node.members().forEach((name, member) -> {
      Names.check(name, member);
      Optional<Receiver> receiver = reader.read(member);
      receiver.ifPresent(one -> receivers.put(name, one));
    });
    return receivers;
  }
}
