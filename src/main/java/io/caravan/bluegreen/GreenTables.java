package io.caravan.bluegreen;

import io.caravan.failure.StopSignal;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;
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
   * Fills idle versions of entities anew, all from one payload and with one parse; each in a
   * transaction of its own. What readers see does not change.
   *
   * @param versions to be filled, by entity
   * @throws IOException when the payload cannot be read
   * @throws SQLException when it cannot be written; the versions are then as they were
   */
  List<EntityLoad> load(Map<Entity, Integer> versions, Payload payload, StopSignal stop)
      throws SQLException, IOException {
    List<EntityCopy> copies = new ArrayList<>();
    try {
      for (var version : versions.entrySet()) {
        copies.add(
            EntityCopy.begin(database.getConnection(), version.getKey(), version.getValue(), stop));
      }
      payload.forEach(element -> copies.forEach(copy -> copy.element(element)));
      List<EntityLoad> loads = new ArrayList<>();
      for (EntityCopy copy : copies) {
        loads.add(copy.finish());
      }
      return loads;
    } catch (SQLException | IOException | RuntimeException e) {
      if (CopyIn.refusal(e) instanceof SQLException refused) {
        throw refused;
      }
      throw e;
    } finally {
      copies.forEach(EntityCopy::close);
    }
  }

  static void create(Statement statement, Entity entity, int version) throws SQLException {
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

  /**
   * @param repeated rows that said again what another row says; they are gone
   * @param duplicates rows that share a key with another row; they stay
   */
  record Keys(long repeated, long duplicates) {}

  static Keys addKeys(Connection connection, Statement statement, Entity entity, int version)
      throws SQLException {
    String table = table(entity.name(), version);
    String primary = "alter table %s add primary key (%s)".formatted(table, names(entity.key()));
    long repeated = 0;
    long duplicates = 0;
    if (!added(connection, statement, primary)) {
      repeated = statement.executeLargeUpdate(withoutRepetitions(entity, table));
      if (!added(connection, statement, primary)) {
        duplicates += duplicates(statement, table, entity.key());
      }
    }
    for (List<String> unique : entity.unique()) {
      if (!added(
          connection,
          statement,
          "alter table %s add unique (%s)".formatted(table, names(unique)))) {
        duplicates += duplicates(statement, table, unique);
      }
    }
    return new Keys(repeated, duplicates);
  }

  /** What is not unique stays as it is, for the audit. */
  private static boolean added(Connection connection, Statement statement, String key)
      throws SQLException {
    Savepoint before = connection.setSavepoint();
    try {
      statement.execute(key);
      return true;
    } catch (SQLException e) {
      if (!UNIQUE_VIOLATION.equals(e.getSQLState())) {
        throw e;
      }
      connection.rollback(before);
      return false;
    }
  }

  private static long duplicates(Statement statement, String table, List<String> key)
      throws SQLException {
    return number(
        statement,
        """
        select coalesce(sum(n - 1), 0) from (
          select count(*) n from %1$s where num_nulls(%2$s) = 0 group by %2$s having count(*) > 1) again
        """
            .formatted(table, names(key)));
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

  private static long number(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
