package io.caravan.bluegreen;

import com.fasterxml.jackson.databind.JsonNode;
import de.bytefish.pgbulkinsert.row.SimpleRow;
import de.bytefish.pgbulkinsert.row.SimpleRowWriter;
import io.caravan.failure.StopSignal;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.springframework.stereotype.Component;

/**
 * The versioned tables behind the views. Names come from the entity file, whose form allows only
 * letters, digits and underscores; they are quoted because some are SQL words.
 */
@Component
class GreenTables {
  private static final String UNIQUE_VIOLATION = "23505";

  private final DataSource database;

  GreenTables(DataSource database) {
    this.database = database;
  }

  /** The table that holds a version of an entity, as SQL. */
  static String table(String entity, int version) {
    return "green.\"%s_v%d\"".formatted(entity, version);
  }

  static String view(String entity) {
    return "green.\"%s_current\"".formatted(entity);
  }

  static String names(List<String> columns) {
    return columns.stream().map(name -> '"' + name + '"').collect(Collectors.joining(", "));
  }

  /**
   * Fills an idle version of an entity anew, in one transaction: what readers see does not change.
   *
   * @throws IOException when the payload cannot be read
   * @throws SQLException when it cannot be written; the version is then as it was
   */
  EntityLoad load(Entity entity, int version, Payload payload, StopSignal stop)
      throws SQLException, IOException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        create(statement, entity, version);
        Map<String, Long> setAside = copy(connection, entity, version, payload, stop);
        long repeated = addKeys(connection, statement, entity, version);
        statement.execute("analyze " + table(entity.name(), version));
        long rows = count(statement, table(entity.name(), version));
        connection.commit();
        return new EntityLoad(entity.name(), version, rows, setAside, repeated);
      } catch (SQLException | IOException | RuntimeException e) {
        connection.rollback();
        throw e;
      }
    }
  }

  private static void create(Statement statement, Entity entity, int version) throws SQLException {
    String columns =
        entity.columns().stream()
            .map(
                column ->
                    "\"%s\" %s%s"
                        .formatted(
                            column.name(),
                            column.type().sql(),
                            column.required() ? " not null" : ""))
            .collect(Collectors.joining(", "));
    statement.execute("drop table if exists " + table(entity.name(), version));
    statement.execute("create table %s (%s)".formatted(table(entity.name(), version), columns));
  }

  private static Map<String, Long> copy(
      Connection connection, Entity entity, int version, Payload payload, StopSignal stop)
      throws SQLException, IOException {
    Map<String, Long> setAside = new TreeMap<>();
    SimpleRowWriter.Table target =
        new SimpleRowWriter.Table(
            "green",
            "\"%s_v%d\"".formatted(entity.name(), version),
            entity.columns().stream().map(c -> '"' + c.name() + '"').toArray(String[]::new));
    try (SimpleRowWriter writer =
        new SimpleRowWriter(target, connection.unwrap(PGConnection.class))) {
      payload.forEach(
          element -> {
            stop.check();
            JsonNode each = entity.each() == null ? element : element.at(entity.each());
            if (each.isArray()) {
              each.forEach(row -> write(writer, entity, row, element, setAside));
            } else if (!each.isMissingNode() && !each.isNull()) {
              write(writer, entity, each, element, setAside);
            }
          });
    }
    return setAside;
  }

  private static void write(
      SimpleRowWriter writer,
      Entity entity,
      JsonNode row,
      JsonNode parent,
      Map<String, Long> setAside) {
    Object[] values = new Object[entity.columns().size()];
    try {
      for (int i = 0; i < values.length; i++) {
        values[i] = ColumnValues.of(entity.columns().get(i), row, parent);
      }
    } catch (SetAside e) {
      setAside.merge(e.getMessage(), 1L, Long::sum);
      return;
    }
    writer.startRow(
        out -> {
          for (int i = 0; i < values.length; i++) {
            set(out, i, entity.columns().get(i).type(), values[i]);
          }
        });
  }

  private static void set(SimpleRow out, int i, ColumnType type, Object value) {
    switch (type) {
      case TEXT -> out.setText(i, (String) value);
      case INTEGER -> out.setInteger(i, (Integer) value);
      case BIGINT -> out.setLong(i, (Long) value);
      case NUMERIC -> out.setNumeric(i, (BigDecimal) value);
      case BOOLEAN -> out.setBoolean(i, (Boolean) value);
      case TIMESTAMP -> out.setTimeStampTz(i, (ZonedDateTime) value);
      case DATE -> out.setDate(i, (LocalDate) value);
      case JSON -> out.setJsonb(i, (String) value);
    }
  }

  /**
   * @return how many rows said again what another row says; they are gone
   */
  private static long addKeys(
      Connection connection, Statement statement, Entity entity, int version) throws SQLException {
    String table = table(entity.name(), version);
    String key = "alter table %s add primary key (%s)".formatted(table, names(entity.key()));
    var before = connection.setSavepoint();
    long repeated = 0;
    try {
      statement.execute(key);
    } catch (SQLException e) {
      if (!UNIQUE_VIOLATION.equals(e.getSQLState())) {
        throw e;
      }
      connection.rollback(before);
      repeated = statement.executeLargeUpdate(withoutRepetitions(entity, table));
      addKeyIfUnique(connection, statement, key);
    }
    for (List<String> unique : entity.unique()) {
      addKeyIfUnique(
          connection, statement, "alter table %s add unique (%s)".formatted(table, names(unique)));
    }
    return repeated;
  }

  /** What is not unique stays for the audit to count. */
  private static void addKeyIfUnique(Connection connection, Statement statement, String sql)
      throws SQLException {
    var before = connection.setSavepoint();
    try {
      statement.execute(sql);
    } catch (SQLException e) {
      if (!UNIQUE_VIOLATION.equals(e.getSQLState())) {
        throw e;
      }
      connection.rollback(before);
    }
  }

  private static String withoutRepetitions(Entity entity, String table) {
    List<String> same =
        entity.merge() ? entity.key() : entity.columns().stream().map(Column::name).toList();
    return """
    delete from %1$s t using (
      select ctid, row_number() over (partition by %2$s order by ctid) as n from %1$s) again
     where t.ctid = again.ctid and again.n > 1
    """
        .formatted(table, names(same));
  }

  private static long count(Statement statement, String table) throws SQLException {
    try (var row = statement.executeQuery("select count(*) from " + table)) {
      row.next();
      return row.getLong(1);
    }
  }
}
