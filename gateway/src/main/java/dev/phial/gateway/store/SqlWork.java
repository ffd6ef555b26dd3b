package dev.phial.gateway.store;

import java.sql.Connection;
import java.sql.SQLException;

/** Something done with a connection that is this thread's for so long. */
@FunctionalInterface
interface SqlWork<T> {
  T run(Connection connection) throws SQLException;
}
