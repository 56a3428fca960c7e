package io.caravan.connectorsync.jdbc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.source.SourceType;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Set;

/** Makes records of the rows of a query. */
final class RowValues {
  private static final Set<Integer> TEXTS =
      Set.of(
          Types.CHAR,
          Types.VARCHAR,
          Types.LONGVARCHAR,
          Types.NCHAR,
          Types.NVARCHAR,
          Types.LONGNVARCHAR,
          Types.CLOB,
          Types.NCLOB);

  private final ResultSet rows;
  private final String[] names;
  private final boolean[] moments;
  private final boolean[] offsets;
  private final Set<String> texts = new HashSet<>();

  RowValues(SourceType type, ResultSet rows) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    this.rows = rows;
    this.names = new String[columns.getColumnCount()];
    this.moments = new boolean[names.length];
    this.offsets = new boolean[names.length];
    boolean mysql = type == SourceType.MYSQL || type == SourceType.MARIADB;
    for (int i = 0; i < names.length; i++) {
      names[i] = columns.getColumnLabel(i + 1);
      String typeName = columns.getColumnTypeName(i + 1);
      // MySQL's TIMESTAMP is a moment, shown in the session's zone, which is UTC; its DATETIME is
      // none.
      moments[i] = mysql && "TIMESTAMP".equalsIgnoreCase(typeName);
      offsets[i] = "datetimeoffset".equalsIgnoreCase(typeName);
      if (TEXTS.contains(columns.getColumnType(i + 1))) {
        texts.add(names[i]);
      }
    }
  }

  /** Whether a column holds text, whatever that looks like. */
  boolean isText(String name) {
    return texts.contains(name);
  }

  /** The row that the result set stands at. */
  ObjectNode record() throws SQLException {
    ObjectNode record = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < names.length; i++) {
      record.set(names[i], value(i));
    }
    return record;
  }

  private JsonNode value(int i) throws SQLException {
    if (moments[i]) {
      LocalDateTime time = rows.getObject(i + 1, LocalDateTime.class);
      return TypedValues.of(time == null ? null : time.atOffset(ZoneOffset.UTC));
    }
    return offsets[i]
        ? TypedValues.of(rows.getObject(i + 1, OffsetDateTime.class))
        : TypedValues.of(rows, i + 1);
  }
}
