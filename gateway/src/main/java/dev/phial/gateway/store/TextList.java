package dev.phial.gateway.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** How a database takes a list of texts as one parameter. */
interface TextList {

  /** Follows the column's name in a condition; has one parameter. */
  String condition();

  void bind(PreparedStatement statement, int parameter, List<String> texts) throws SQLException;
}
