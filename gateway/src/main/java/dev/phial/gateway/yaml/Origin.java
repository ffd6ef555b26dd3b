package dev.phial.gateway.yaml;

/**
 * Where a piece of a document was written.
 *
 * @param file the file, or the name of the flag or variable that overrides it
 * @param line from 1; 0 when there are no lines
 * @param column from 1; 0 when there are no lines
 */
public record Origin(String file, int line, int column) {

  /** An origin without lines: a flag or a variable. */
  public static Origin of(String source) {
    return new Origin(source, 0, 0);
  }
}
