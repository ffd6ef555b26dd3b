package dev.phial.gateway.cli.vectors;

import java.util.List;

/**
 * A file that was understood.
 *
 * @param name the file's name, without its folder
 * @param algorithm as its publisher writes it
 * @param publisher whose form the file has
 * @param cases in the file's order
 */
public record VectorFile(String name, String algorithm, String publisher, List<VectorCase> cases) {
  public VectorFile {
    cases = List.copyOf(cases);
  }
}
