package dev.phial.gateway.logs;

import dev.phial.masking.Identifier;
import dev.phial.masking.LogEvent;
import dev.phial.masking.Masked;
import dev.phial.masking.Masker;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A small masker for tests of everything around it: social security numbers with dashes become {@code *SSN*}, fields whose
 * key ends with {@code patient_name} {@code *NAME*}; events with {@code drop-me} are dropped, and one with {@code poison}
 * cannot be masked.
 */
public final class SsnMasker implements Masker {
  private static final Pattern SSN = Pattern.compile("[0-9]{3}-[0-9]{2}-[0-9]{4}");

  private final AtomicBoolean broken = new AtomicBoolean();

  /** From now on nothing can be masked, or all can again. */
  public void broken(boolean now) {
    broken.set(now);
  }

  @Override
  public CompletionStage<List<Masked>> mask(List<LogEvent> events) {
    if (broken.get()) {
      throw new AssertionError("as the FIPS module does");
    }
    try {
      return CompletableFuture.completedStage(
          events.stream().map(SsnMasker::mask).toList());
    } catch (IllegalArgumentException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private static Masked mask(LogEvent event) {
    String text = new String(event.content(), StandardCharsets.ISO_8859_1);
    if (text.contains("poison")) {
      throw new IllegalArgumentException("cannot be masked");
    }
    if (text.contains("drop-me")) {
      return new Masked.Dropped(Map.of(Identifier.OTHER, 1));
    }
    if (event.key().endsWith("patient_name")) {
      return new Masked.Event(bytes("*NAME*"), Map.of(Identifier.NAME, 1));
    }
    int found = (int) SSN.matcher(text).results().map(MatchResult::group).count();
    return found == 0
        ? new Masked.Event(event.content(), Map.of())
        : new Masked.Event(
            bytes(SSN.matcher(text).replaceAll("*SSN*")), Map.of(Identifier.SSN, found));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
