package io.caravan.connectorsync.file;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Makes JSON of a value in a row. */
@FunctionalInterface
interface DuckValues {
  /**
   * @param at the column, from 1
   */
  JsonNode of(ResultSet row, int at) throws SQLException;
}
