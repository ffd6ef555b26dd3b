package dev.phial.gateway.demo;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints the same record as each party sees it, a field a line. */
final class SideBySide {
  private static final int LABEL = 11;
  private static final int CELL = 23;

  /** A field and the pointers at which it may stand: protected dates move into an extension. */
  record Field(String label, List<String> pointers) {
    static Field of(String label, String... pointers) {
      return new Field(label, List.of(pointers));
    }
  }

  static final List<Field> PATIENT = List.of(
      Field.of("SSN", "/identifier/0/value"),
      Field.of("MRN", "/identifier/1/value"),
      Field.of("family name", "/name/0/family"),
      Field.of("given name", "/name/0/given/0"),
      Field.of("telecom", "/telecom/0/value"),
      Field.of("birth date", "/birthDate", "/_birthDate/extension/0/valueString"),
      Field.of("street", "/address/0/line/0"),
      Field.of("ZIP", "/address/0/postalCode"),
      Field.of("gender", "/gender"));

  private SideBySide() {}

  static String render(List<Column> columns) {
    StringBuilder text = new StringBuilder();
    line(text, "", columns.stream().map(Column::title).toList());
    line(
        text,
        "-".repeat(LABEL),
        columns.stream().map(column -> "-".repeat(CELL)).toList());
    for (Field field : PATIENT) {
      line(
          text,
          field.label(),
          columns.stream().map(column -> cell(column, field)).toList());
    }
    return text.toString();
  }

  /** The same words in every field: for whoever got no record. */
  static Map<String, String> everywhere(String words) {
    return PATIENT.stream()
        .collect(Collectors.toMap(field -> field.pointers().get(0), field -> words));
  }

  private static String cell(Column column, Field field) {
    return field.pointers().stream()
        .filter(column.leaves()::containsKey)
        .findFirst()
        .map(column.leaves()::get)
        .orElse("-");
  }

  private static void line(StringBuilder text, String label, List<String> cells) {
    text.append("  ").append(pad(label, LABEL));
    cells.forEach(cell -> text.append("  ").append(pad(cell, CELL)));
    text.replace(0, text.length(), text.toString().stripTrailing()).append(System.lineSeparator());
  }

  private static String pad(String cell, int width) {
    int length = cell.codePointCount(0, cell.length());
    if (length > width) {
      return cell.substring(0, cell.offsetByCodePoints(0, width - 1)) + "…";
    }
    return cell + " ".repeat(width - length - wide(cell));
  }

  /** East Asian characters take two columns of a terminal. */
  private static int wide(String cell) {
    long wide = cell.codePoints().filter(Character::isIdeographic).count();
    return (int) wide;
  }
}
