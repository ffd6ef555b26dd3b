package dev.phial.masking;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MaskedTest {
  private static final byte[] SECRET = "536-27-8841".getBytes(StandardCharsets.UTF_8);

  @Test
  void nothingPrintsWhatAnEventSays() {
    assertThat(List.of(
            LogEvent.of(SECRET),
            new Masked.Event(SECRET, Map.of(Identifier.SSN, 1)),
            new KeyedTreatment.Request("ssn", KeyedTreatment.Form.TOKEN, List.of("536-27-8841"))))
        .allSatisfy(o -> assertThat(o.toString()).doesNotContain("8841"));
  }
}
