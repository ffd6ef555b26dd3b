package dev.phial.gateway.cli;

import com.google.protobuf.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** On which terms something is destroyed. */
final class DestructionOptions {
  @Option(
      names = "--waiting",
      paramLabel = "TIME",
      converter = Waiting.class,
      description =
          "for how long it can be taken back, such as 30d or 12h; without it, keys.destroy.waiting of the gateway")
  private Optional<Duration> waiting = Optional.empty();

  @Option(
      names = "--discard",
      description = "destroy even though pins or vaulted tokens hang on it: they are lost")
  private boolean discard;

  @Option(names = "--dry-run", description = "change nothing; only show what would be destroyed")
  private boolean dryRun;

  Optional<Duration> waiting() {
    return waiting;
  }

  boolean discard() {
    return discard;
  }

  boolean dryRun() {
    return dryRun;
  }

  /** {@code 90s}, {@code 10m}, {@code 12h}, {@code 30d}. */
  static final class Waiting implements ITypeConverter<Duration> {
    private static final Pattern SHAPE = Pattern.compile("([0-9]{1,8})([smhd])");
    private static final Map<String, Long> SECONDS =
        Map.of("s", 1L, "m", 60L, "h", 3_600L, "d", 86_400L);

    @Override
    public Duration convert(String text) {
      Matcher shape = SHAPE.matcher(text);
      if (!shape.matches()) {
        throw new TypeConversionException("must be a time such as 30d, 12h, 10m or 90s");
      }
      long unit = SECONDS.getOrDefault(shape.group(2), 1L);
      return Duration.newBuilder()
          .setSeconds(Long.parseLong(shape.group(1)) * unit)
          .build();
    }
  }
}
