package io.caravan.connection;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.failure.NotFoundException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the tables of both kinds of connections have in common. Time is the database's. */
final class ConnectionTable {
  private final JdbcClient jdbc;
  private final String table;
  private final String title;

  /**
   * @param table its name, a constant of the program
   * @param title what people call such a connection
   */
  ConnectionTable(JdbcClient jdbc, String table, String title) {
    this.jdbc = jdbc;
    this.table = table;
    this.title = title;
  }

  /** All, oldest first. */
  List<Connection> list() {
    return jdbc.sql("select * from " + table + " order by created_at, id")
        .query(ConnectionTable::connection)
        .list();
  }

  Connection get(UUID id) {
    return jdbc.sql("select * from " + table + " where id = ?")
        .param(id)
        .query(ConnectionTable::connection)
        .optional()
        .orElseThrow(() -> missing(id));
  }

  Optional<UUID> ofOwner(String ownerId) {
    return jdbc.sql("select id from " + table + " where owner_id = ?")
        .param(ownerId)
        .query(UUID.class)
        .optional();
  }

  void delete(UUID id) {
    if (jdbc.sql("delete from " + table + " where id = ?").param(id).update() == 0) {
      throw missing(id);
    }
  }

  boolean hasEnded(UUID id) {
    return jdbc.sql("select needs_reauth from " + table + " where id = ?")
        .param(id)
        .query(Boolean.class)
        .optional()
        .orElse(false);
  }

  /** Changes whenever the connection gets other tokens. */
  Instant version(UUID id) {
    return jdbc.sql("select updated_at from " + table + " where id = ?")
        .param(id)
        .query((row, number) -> instant(row, "updated_at"))
        .optional()
        .orElseThrow(() -> missing(id));
  }

  /**
   * The owner has to connect again; only this connection is marked (defect D12).
   *
   * @param version of the tokens that have ended
   * @return false when the connection has other tokens by now
   */
  boolean needsReauth(UUID id, Instant version, String error) {
    return jdbc.sql(
                """
                update %s set needs_reauth = true, last_refresh_error = ?, last_refresh_attempt = now()
                 where id = ? and updated_at = ?
                """
                    .formatted(table))
            .params(error, id, version.atOffset(ZoneOffset.UTC))
            .update()
        > 0;
  }

  /**
   * @throws Failure of kind authorisation when the owner has to connect again
   */
  void requireUsable(boolean needsReauth, String ownerId) {
    if (needsReauth) {
      throw new Failure(
          FailureKind.AUTHORISATION,
          "The %s connection of %s has ended; connect again.".formatted(title, ownerId));
    }
  }

  NotFoundException missing(UUID id) {
    return new NotFoundException("There is no %s connection %s.".formatted(title, id));
  }

  static Connection connection(ResultSet row, int number) throws SQLException {
    return new Connection(
        row.getObject("id", UUID.class),
        row.getString("owner_id"),
        instant(row, "expires_at"),
        row.getString("client_id"),
        row.getBoolean("needs_reauth"),
        instant(row, "last_refresh_attempt"),
        row.getString("last_refresh_error"),
        instant(row, "created_at"));
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
