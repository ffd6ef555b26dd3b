package dev.phial.masking;

import dev.phial.masking.treat.PolicyMasker;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Masks lines by the Safe Harbor policy. */
final class Lines {
  private static final PolicyMasker MASKER =
      new PolicyMasker(MaskingPolicy.safeHarbor(), Optional.empty());

  private Lines() {}

  static String mask(String line) {
    return new String(mask(line.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
  }

  static byte[] mask(byte[] line) {
    return ((Masked.Event) MASKER.maskNow(LogEvent.of(line))).content();
  }
}
