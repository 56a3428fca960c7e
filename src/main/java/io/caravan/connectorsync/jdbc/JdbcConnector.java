package io.caravan.connectorsync.jdbc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.connectorsync.Pull;
import io.caravan.connectorsync.Pulls;
import io.caravan.connectorsync.file.DiskFiles;
import io.caravan.failure.InvalidInputException;
import io.caravan.failure.StopSignal;
import io.caravan.reach.Hosts;
import io.caravan.source.SourceProperties;
import io.caravan.source.SourceSession;
import io.caravan.source.UnregisteredSource;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Connectors of type {@code jdbc}: what routes ask. Rows are read while the query runs, in a
 * read-only transaction that is rolled back.
 *
 * <p>Not through Camel's jdbc component: it commits before its rows are read, which ends
 * PostgreSQL's cursor, and has no way to cancel a query.
 */
@Component
public final class JdbcConnector {
  private static final Logger LOG = LoggerFactory.getLogger(JdbcConnector.class);
  private static final String CURSOR = "cursor";
  private static final String FIELD = "field";
  private static final String SYNCS_SINCE_FULL = "syncsSinceFull";

  private final Pulls pulls;
  private final Hosts hosts;
  private final DiskFiles disk;
  private final JdbcProperties properties;
  private final SourceProperties sessions;

  JdbcConnector(
      Pulls pulls,
      Hosts hosts,
      DiskFiles disk,
      JdbcProperties properties,
      SourceProperties sessions) {
    this.pulls = pulls;
    this.hosts = hosts;
    this.disk = disk;
    this.properties = properties;
    this.sessions = sessions.statementTimeout(properties.longestQuery());
  }

  /**
   * Reads the table or query and publishes it.
   *
   * @throws InvalidInputException names what is wrong in the config
   * @throws io.caravan.failure.Failure why the database could not be read; nothing is published
   *     then
   */
  public void load(Pull pull) throws IOException {
    JdbcSetup setup = JdbcSetup.of(pull.config());
    JsonNode state = pulls.begin(pull, setup.resource(), setup.primaryKey());
    JsonNode left = state == null ? MissingNode.getInstance() : state;
    // The field counts, too: another one starts anew.
    boolean same = left.path(FIELD).asText("").equals(field(setup));
    JdbcCursor cursor =
        setup.cursorField() == null
            ? null
            : new JdbcCursor(
                setup.cursorField(), same ? left.path(CURSOR) : MissingNode.getInstance());
    int syncs = left.path(SYNCS_SINCE_FULL).asInt();
    boolean full = properties.fullEvery() > 0 && syncs + 1 >= properties.fullEvery();
    boolean incremental = cursor != null && cursor.known() && !full;
    try (UnregisteredSource source = connect(setup, pull.credentials())) {
      source.read(
          pull.stop(),
          session -> {
            read(session, pull, setup, cursor, incremental);
            return null;
          });
    }
    ObjectNode after = JsonNodeFactory.instance.objectNode();
    after.put(FIELD, field(setup));
    after.set(CURSOR, cursor == null ? null : cursor.state());
    after.put(SYNCS_SINCE_FULL, incremental ? syncs + 1 : 0);
    pulls.commit(pull, !incremental, after);
  }

  private static String field(JdbcSetup setup) {
    return setup.cursorField() == null ? "" : setup.from() + " " + setup.cursorField();
  }

  private UnregisteredSource connect(JdbcSetup setup, JsonNode secrets) throws IOException {
    setup.place().hosts().forEach(hosts::check);
    String url =
        setup.place().file() == null
            ? setup.jdbcUrl()
            : "jdbc:duckdb:" + disk.require(setup.place().file());
    return UnregisteredSource.open(
        setup.place().type(),
        url,
        secrets.path("username").textValue(),
        secrets.path("password").textValue(),
        sessions);
  }

  private void read(
      SourceSession session, Pull pull, JdbcSetup setup, JdbcCursor cursor, boolean incremental)
      throws SQLException {
    String sql = incremental ? setup.selectSince() : setup.select();
    try (PreparedStatement statement = session.connection().prepareStatement(sql);
        StopSignal.Registration registration = pull.stop().onStop(() -> cancel(statement))) {
      statement.setFetchSize(setup.fetchSize());
      if (incremental) {
        statement.setObject(1, cursor.value(session.type()));
      }
      try (ResultSet rows = statement.executeQuery()) {
        RowValues values = new RowValues(session.type(), rows);
        while (rows.next()) {
          ObjectNode record = values.record();
          if (cursor != null) {
            cursor.see(record, values.isText(setup.cursorField()));
          }
          pulls.record(pull, record);
        }
      }
    }
  }

  private static void cancel(PreparedStatement statement) {
    try {
      statement.cancel();
    } catch (SQLException e) {
      LOG.debug("The query has ended already, or its connection is cut soon", e);
    }
  }
}
