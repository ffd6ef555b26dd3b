package dev.phial.gateway.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** A list as a PostgreSQL array. */
final class ArrayTexts implements TextList {
  @Override
  public String condition() {
    return " = ANY (?) ";
  }

  @Override
  public void bind(PreparedStatement statement, int parameter, List<String> texts)
      throws SQLException {
    statement.setArray(parameter, statement.getConnection().createArrayOf("text", texts.toArray()));
  }
}
