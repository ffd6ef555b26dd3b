package dev.phial.gateway.cli.vectors;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads vector files, each in the form that it says it has. */
public final class VectorFiles {
  private final AcvpForm acvp = new AcvpForm();

  private VectorFiles() {}

  /** What {@link #read} understands, in words. */
  public static String understood() {
    return "Wycheproof's " + WycheproofForm.algorithms() + "; NIST ACVP's " + AcvpForm.ALGORITHM;
  }

  /**
   * All of {@code files}, in their order; those that hold answers to another's questions give none of their own.
   *
   * @throws VectorFileException when one cannot be read or is not understood
   */
  public static List<VectorFile> read(List<Path> files) {
    return new VectorFiles().all(files);
  }

  private List<VectorFile> all(List<Path> files) {
    List<NamedSet> questions = new ArrayList<>();
    for (Path file : files) {
      NamedSet set = new NamedSet(String.valueOf(file.getFileName()), set(JsonFile.read(file)));
      boolean answersOnly = set.isAcvp() && acvp.takeAnswers(set.root());
      if (!answersOnly) {
        questions.add(set);
      }
    }
    List<VectorFile> read = questions.stream().map(this::file).toList();
    acvp.requireAsked();
    return read;
  }

  /** A set on its way through the ACVP protocol comes second in a list, after the protocol's version. */
  private static JsonNode set(JsonNode root) {
    if (!root.isList()) {
      return root;
    }
    return root.items().stream()
        .filter(item -> item.find("testGroups").isPresent())
        .findFirst()
        .orElseThrow(() -> new VectorFileException(root.where() + " holds no testGroups"));
  }

  private VectorFile file(NamedSet set) {
    return set.isAcvp()
        ? acvp.read(set.name(), set.root())
        : WycheproofForm.read(set.name(), set.algorithm(), set.root())
            .orElseThrow(() -> new VectorFileException(
                set.root().where() + " is for another algorithm; understood are " + understood()));
  }

  private record NamedSet(String name, JsonNode root) {
    String algorithm() {
      return root.find("algorithm")
          .orElseThrow(() -> new VectorFileException(
              root.where() + " names no algorithm; understood are " + understood()))
          .text();
    }

    boolean isAcvp() {
      return algorithm().equals(AcvpForm.ALGORITHM);
    }
  }
}
