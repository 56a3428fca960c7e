package io.caravan.connectorsync.dataset;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares what comes with what the dataset has, so that only what differs has to be staged. Which
 * rows came is remembered in a bit each.
 */
final class KnownRows implements AutoCloseable {
  // All keys of a batch in one walk through the index, less than half of what a join takes.
  private static final String FIND =
      "select _key, _row, _hash, _removed_at is null from %s where _key = any(?::text[])";

  /** A row as the dataset has it. */
  private record Found(int number, byte[] hash, boolean live) {}

  private final Connection connection;
  private final PreparedStatement find;
  private final BitSet seen = new BitSet();
  private long seenLive;

  /**
   * @param table of the dataset, as SQL
   */
  KnownRows(Connection connection, String table) throws SQLException {
    this.connection = connection;
    this.find = connection.prepareStatement(FIND.formatted(table));
  }

  /** The rows of a batch that the dataset does not have just so, or that came before. */
  List<Batch.Row> others(Batch batch) throws SQLException {
    List<Batch.Row> rows = batch.rows();
    Map<String, Found> known = find(rows);
    List<Batch.Row> others = new ArrayList<>();
    for (Batch.Row row : rows) {
      Found found = known.get(row.key());
      if (found == null) {
        others.add(row);
        continue;
      }
      boolean again = seen.get(found.number());
      if (!again) {
        seen.set(found.number());
        seenLive += found.live() ? 1 : 0;
      }
      if (again || !found.live() || !Arrays.equals(found.hash(), row.hash())) {
        others.add(row);
      }
    }
    return others;
  }

  private Map<String, Found> find(List<Batch.Row> rows) throws SQLException {
    find.setArray(1, connection.createArrayOf("text", rows.stream().map(Batch.Row::key).toArray()));
    Map<String, Found> known = HashMap.newHashMap(rows.size());
    try (ResultSet row = find.executeQuery()) {
      while (row.next()) {
        known.put(row.getString(1), new Found(row.getInt(2), row.getBytes(3), row.getBoolean(4)));
      }
    }
    return known;
  }

  /** How many rows of the dataset came, those of removed records among them. */
  long seen() {
    return seen.cardinality();
  }

  /** How many rows of the dataset came that are not removed. */
  long seenLive() {
    return seenLive;
  }

  /**
   * A bit for each row, as PostgreSQL's {@code get_bit} counts them.
   *
   * @param rows how many bits there are
   */
  byte[] bits(int rows) {
    return Arrays.copyOf(seen.toByteArray(), rows / Byte.SIZE + 1);
  }

  @Override
  public void close() throws SQLException {
    find.close();
  }
}
