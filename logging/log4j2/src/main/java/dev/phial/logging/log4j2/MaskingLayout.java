package dev.phial.logging.log4j2;

import dev.phial.masking.LogEvent;
import dev.phial.masking.Masked;
import dev.phial.masking.Masker;
import dev.phial.masking.MaskingPolicy;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.logging.log4j.core.Layout;
import org.apache.logging.log4j.core.config.Node;
import org.apache.logging.log4j.core.config.plugins.Plugin;
import org.apache.logging.log4j.core.config.plugins.PluginAttribute;
import org.apache.logging.log4j.core.config.plugins.PluginElement;
import org.apache.logging.log4j.core.config.plugins.PluginFactory;
import org.apache.logging.log4j.core.layout.AbstractStringLayout;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.jspecify.annotations.Nullable;

/**
 * Masks what another layout writes, whatever its format: message, parameters, context and stack trace of an event as they would
 * reach the appender.
 *
 * <pre>{@code
 * <MaskingLayout policy="safe-harbor">
 *   <PatternLayout pattern="%d %level %msg%n" charset="UTF-8"/>
 * </MaskingLayout>
 * }</pre>
 *
 * <p>{@code policy} is {@code safe-harbor}, the default, or {@code limited-data-set}. An event that cannot be masked is not
 * written: a line that says so stands in its place. Thread-safe.
 */
@Plugin(
    name = "MaskingLayout",
    category = Node.CATEGORY,
    elementType = Layout.ELEMENT_TYPE,
    printObject = true)
public final class MaskingLayout extends AbstractStringLayout {
  private static final String NOT_MASKED = "(a log event is left out: it could not be masked)\n";

  private static final Masker NONE =
      events -> CompletableFuture.failedStage(new IllegalStateException("not configured"));

  private final AbstractStringLayout layout;
  private final Masker masker;

  /**
   * @param layout writes events before they are masked
   * @param masker must not wait for keys
   */
  public MaskingLayout(AbstractStringLayout layout, Masker masker) {
    super(StandardCharsets.UTF_8);
    this.layout = layout;
    this.masker = masker;
  }

  /**
   * Made by Log4j out of its configuration. When that is wrong, every event is left out: an exception here would make Log4j
   * write events with a layout of its own, unmasked.
   */
  @PluginFactory
  public static MaskingLayout create(
      @PluginAttribute(value = "policy", defaultString = "safe-harbor") String policy,
      @PluginElement("Layout") @Nullable Layout<?> layout) {
    if (!(layout instanceof AbstractStringLayout writes)) {
      LOGGER.error("MaskingLayout needs a layout of text within it; every event is left out");
      return new MaskingLayout(PatternLayout.createDefaultLayout(), NONE);
    }
    return new MaskingLayout(writes, masker(policy));
  }

  private static Masker masker(String policy) {
    return switch (policy) {
      case "safe-harbor" -> Masker.of(MaskingPolicy.safeHarbor());
      case "limited-data-set" -> Masker.of(MaskingPolicy.limitedDataSet());
      default -> {
        LOGGER.error(
            "MaskingLayout's policy must be safe-harbor or limited-data-set; every event is left out");
        yield NONE;
      }
    };
  }

  @Override
  public String toSerializable(org.apache.logging.log4j.core.LogEvent event) {
    try {
      return masked(layout.toSerializable(event));
    } catch (RuntimeException | Error e) {
      return NOT_MASKED;
    }
  }

  /** The line end is no part of the event. */
  private String masked(String line) {
    int end = line.length();
    while (end > 0 && (line.charAt(end - 1) == '\n' || line.charAt(end - 1) == '\r')) {
      end--;
    }
    byte[] content = line.substring(0, end).getBytes(StandardCharsets.UTF_8);
    Masked masked = masker
        .mask(List.of(LogEvent.of(content)))
        .toCompletableFuture()
        .getNow(List.of())
        .get(0);
    if (!(masked instanceof Masked.Event kept)) {
      return "";
    }
    return Arrays.equals(kept.content(), content)
        ? line
        : new String(kept.content(), StandardCharsets.UTF_8) + line.substring(end);
  }

  @Override
  public byte[] getHeader() {
    return layout.getHeader();
  }

  @Override
  public byte[] getFooter() {
    return layout.getFooter();
  }

  @Override
  public String getContentType() {
    return layout.getContentType();
  }
}
