package dev.phial.gateway.store;

import java.sql.SQLException;

/** The connections to one database whose schema is up to date. Blocks; thread-safe as far as {@link #threads} says. */
interface Database extends AutoCloseable {

  /** What messages call it, and which setting to look at. Never a secret. */
  String name();

  String setting();

  /** How many threads may use it at the same time. */
  int threads();

  /** Its own time of day in milliseconds, as an expression in SQL. */
  String now();

  /** How it takes a list of texts. */
  TextList texts();

  /** Does the work with a connection that nobody else has for so long, in automatic commit. */
  <T> T with(SqlWork<T> work) throws SQLException;

  /** Calls the listener from now on, until closed, when somebody may have changed a keyset or a pin. */
  Watch watch(Runnable listener);

  @Override
  void close();
}
