package dev.phial.gateway.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The invented patients of the demonstration. */
final class SamplePatients {
  private static final List<String> NAMES =
      List.of("rosalind-achterberg", "tomasz-okonjo-wrzos", "lin-vasquez");

  /** What identifies the patients and must therefore be nowhere behind the gateway. */
  static final List<String> CANARIES = List.of(
      "536-27-8841",
      "MC-0047812",
      "Achterberg",
      "Rosalind",
      "Imke",
      "0148 220",
      "1958-03-14",
      "14 March 1958",
      "Quarry Lane",
      "Ellensburg",
      "98926",
      "418-60-3927",
      "MC-0051339",
      "Okonjo",
      "Tomasz",
      "tomasz.ow",
      "1991-11-02",
      "Ferry Court",
      "Flat 9",
      "Yakima",
      "98902",
      "602-11-5570",
      "MC-0060004",
      "Vásquez",
      "林",
      "0199 034",
      "2009-07-30",
      "Orchard Road",
      "Wenatchee",
      "98801");

  private SamplePatients() {}

  static List<String> all() {
    return NAMES.stream().map(SamplePatients::read).toList();
  }

  private static String read(String name) {
    String resource = "/demo/patients/" + name + ".json";
    try (InputStream in =
        Objects.requireNonNull(SamplePatients.class.getResourceAsStream(resource), resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
