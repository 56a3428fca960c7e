package io.caravan.source;

import java.sql.SQLException;

/** Reads something in a customer's database. Does not close the session's connection. */
@FunctionalInterface
public interface SourceQuery<T> {
  T run(SourceSession session) throws SQLException;
}
