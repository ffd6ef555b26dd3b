package dev.phial.gateway.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/** SQLite has no arrays: a list travels as a JSON array of strings (RFC 8259). */
final class JsonTexts implements TextList {
  @Override
  public String condition() {
    return " IN (SELECT value FROM json_each(?)) ";
  }

  @Override
  public void bind(PreparedStatement statement, int parameter, List<String> texts)
      throws SQLException {
    StringBuilder json = new StringBuilder("[");
    for (String text : texts) {
      json.append(json.length() == 1 ? "\"" : ",\"");
      text.chars().forEach(unit -> escape(json, (char) unit));
      json.append('"');
    }
    statement.setString(parameter, json.append(']').toString());
  }

  private static void escape(StringBuilder json, char unit) {
    if (unit == '"' || unit == '\\') {
      json.append('\\').append(unit);
    } else if (unit < ' ') {
      json.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
    } else {
      json.append(unit);
    }
  }
}
