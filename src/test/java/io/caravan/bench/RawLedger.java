package io.caravan.bench;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What a person would write who only had to work off rows of {@code run_item}: one connection, one
 * transaction a batch, which claims the next rows and completes those before.
 */
final class RawLedger {
  private static final String CLAIM =
      """
      update caravan.run_item set state = 'running', attempts = attempts + 1, node = 'raw', started_at = clock_timestamp(),
             lease_until = now() + interval '30 s'
       where id = any(?) and state = 'pending' returning id, key, payload
      """;
  private static final String COMPLETE =
      """
      update caravan.run_item set state = 'succeeded', lease_until = null, finished_at = clock_timestamp()
       where id = any(?) and state = 'running' and node = 'raw'
      """;
  private static final String INSERT =
      """
      insert into caravan.run_item (id, run_id, pipeline, position, key, title, state, payload)
      select gen_random_uuid(), ?, 'emptysync', i, 'item-' || i, 'item ' || i, 'pending', '{}'
        from generate_series(1, ?) i
      """;

  private final Connection connection;
  private final int batch;

  RawLedger(Connection connection, int batch) {
    this.connection = connection;
    this.batch = batch;
  }

  /**
   * Puts as many pending items into an empty ledger; not to be timed. Their run is leased for ever,
   * or the Caravan on the same database would recover it.
   */
  List<UUID> fill(int items) throws SQLException {
    UUID run = UUID.randomUUID();
    connection.setAutoCommit(true);
    List<UUID> ids = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      statement.execute(
          """
          insert into caravan.run (id, pipeline, trigger, status, whole, request, dry_run, lease_until)
          values ('%s', 'emptysync', 'cli', 'running', false, '{}', false, 'infinity')
          """
              .formatted(run));
      insert.setObject(1, run);
      insert.setInt(2, items);
      insert.execute();
      ResultSet row = statement.executeQuery("select id from caravan.run_item order by position");
      while (row.next()) {
        ids.add(row.getObject(1, UUID.class));
      }
    }
    return ids;
  }

  void claimAndComplete(List<UUID> ids) throws SQLException {
    connection.setAutoCommit(false);
    List<UUID> claimed = List.of();
    int completed = 0;
    try (PreparedStatement claim = connection.prepareStatement(CLAIM);
        PreparedStatement complete = connection.prepareStatement(COMPLETE)) {
      for (int from = 0; from < ids.size() || !claimed.isEmpty(); from += batch) {
        completed += complete(complete, claimed);
        claimed =
            claim(
                claim, ids.subList(Math.min(from, ids.size()), Math.min(from + batch, ids.size())));
        connection.commit();
      }
    }
    if (completed != ids.size()) {
      throw new IllegalStateException("completed %d of %d".formatted(completed, ids.size()));
    }
  }

  private List<UUID> claim(PreparedStatement claim, List<UUID> ids) throws SQLException {
    List<UUID> claimed = new ArrayList<>();
    if (!ids.isEmpty()) {
      claim.setArray(1, array(ids));
      try (ResultSet row = claim.executeQuery()) {
        while (row.next()) {
          claimed.add(row.getObject(1, UUID.class));
        }
      }
    }
    return claimed;
  }

  private int complete(PreparedStatement complete, List<UUID> ids) throws SQLException {
    if (ids.isEmpty()) {
      return 0;
    }
    complete.setArray(1, array(ids));
    return complete.executeUpdate();
  }

  private Array array(List<UUID> ids) throws SQLException {
    return connection.createArrayOf("uuid", ids.toArray());
  }
}
