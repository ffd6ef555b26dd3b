package dev.phial.gateway.yaml;

/**
 * One thing that is wrong in a file, or in a setting that overrides one.
 *
 * @param file the file's name, or where else the setting came from
 * @param line from 1; 0 when there are no lines
 * @param column from 1; 0 when there are no lines
 * @param path the place in the document, such as {@code elements.ssn.protect}; empty for the whole
 * @param message what is wrong and what to do; holds names, never a value of a setting that may be secret
 */
public record Problem(String file, int line, int column, String path, String message) {

  /** {@code file:line:col: path: reason}, the form that editors jump to. */
  @Override
  public String toString() {
    String place = line == 0 ? file : file + ":" + line + ":" + column;
    return path.isEmpty() ? place + ": " + message : place + ": " + path + ": " + message;
  }
}
