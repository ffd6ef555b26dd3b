package dev.phial.masking.detect;

import dev.phial.masking.scan.Text;

/** Structures inside a text, which the text's scanner only recognizes by their beginning. */
public interface Nested {
  /** Nothing is nested. */
  int NONE = -1;

  /** JSON that begins at {@code from}: where it ends, or {@link #NONE} when it is none, and then nothing was found. */
  int json(Text text, int from, int to, int depth);

  /** HL7 version 2 that begins at {@code from}: where it ends, or {@link #NONE}. */
  int hl7(Text text, int from, int to, int depth);
}
