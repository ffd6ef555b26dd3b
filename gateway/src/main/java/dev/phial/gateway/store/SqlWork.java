package dev.phial.gateway.store;

import java.sql.SQLException;

/** Something done with the connection, on the store's thread. */
@FunctionalInterface
interface SqlWork<T> {
  T run() throws SQLException;
}
