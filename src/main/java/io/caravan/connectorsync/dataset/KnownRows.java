package io.caravan.connectorsync.dataset;

import java.nio.ByteBuffer;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Compares what comes with what the dataset has, so that only what differs has to be staged. Which
 * rows came is remembered in a bit each.
 */
final class KnownRows implements AutoCloseable {
  // All keys of a batch in one walk through the index, less than half of what a join takes. Most
  // records are as they were, and a hash says which one it is, so that no keys have to be sent
  // back. As one value instead of thousands of rows it costs both ends less.
  private static final String LIVE =
      """
      select string_agg(int4send(_row), ''), string_agg(_text_hash, '')
        from %s where _key = any(?::text[]) and _removed_at is null and _text_hash is not null
      """;

  private static final String FIND =
      """
      select _key, _row, _removed_at is null, _hash, _text_hash from %s where _key = any(?::text[])
      """;

  private static final String NOTE =
      """
      update %s t set _text_hash = n.hash from unnest(?::text[], ?::bytea[]) n (key, hash)
       where t._key = n.key
      """;

  /** Of unchanged rows, a load notes so many other texts, and those of one row of so many. */
  private static final int NEW_TEXTS = 2_000;

  private static final int NEW_TEXTS_OF = 20;

  /** Of a text, to be looked up. */
  private record Hash(long first, long second) {
    static Hash of(ByteBuffer bytes) {
      return new Hash(bytes.getLong(), bytes.getLong());
    }
  }

  /** A row as the dataset has it, by the key of a record that differs. */
  private record Found(int number, boolean live, byte[] hash, byte[] textHash) {
    boolean differsFrom(Row row) {
      return !live || !Arrays.equals(hash, row.hash());
    }
  }

  private final Connection connection;
  private final PreparedStatement live;
  private final PreparedStatement find;
  private final PreparedStatement note;
  private final BitSet seen = new BitSet();
  private final BitSet spared = new BitSet();
  private long seenLive;
  private long textsToNote;
  private boolean anyNew;

  /**
   * @param table of the dataset, as SQL
   * @param rows how many it ever had
   * @param dryRun whether nothing may be written
   */
  KnownRows(Connection connection, String table, int rows, boolean dryRun) throws SQLException {
    this.connection = connection;
    this.textsToNote = dryRun ? 0 : NEW_TEXTS + rows / NEW_TEXTS_OF;
    this.live = connection.prepareStatement(LIVE.formatted(table));
    this.find = connection.prepareStatement(FIND.formatted(table));
    this.note = connection.prepareStatement(NOTE.formatted(table));
  }

  /** The records whose text the dataset does not have, or that came before. */
  List<Outline> differing(List<Outline> records) throws SQLException {
    Map<Hash, Integer> same = same(records);
    List<Outline> others = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    for (Outline record : records) {
      Integer number =
          record.textHash() == null ? null : same.get(Hash.of(ByteBuffer.wrap(record.textHash())));
      if (number == null || seen.get(number) || keys.contains(record.key())) {
        others.add(record);
        keys.add(record.key());
      } else {
        seen.set(number);
        seenLive++;
      }
    }
    return others;
  }

  /**
   * Remembers that these came.
   *
   * @return those whose content the dataset does not have, or whose key came before
   */
  List<Row> changed(List<Row> rows) throws SQLException {
    if (rows.isEmpty()) {
      return List.of();
    }
    Map<String, Found> known = find(rows.stream().map(Row::key));
    List<Row> changed = new ArrayList<>();
    List<Row> otherTexts = new ArrayList<>();
    for (Row row : rows) {
      Found found = known.get(row.key());
      if (found == null) {
        anyNew = true;
        changed.add(row);
      } else if (seen.get(found.number())) {
        changed.add(row);
      } else {
        seen.set(found.number());
        seenLive += found.live() ? 1 : 0;
        if (found.differsFrom(row)) {
          changed.add(row);
        } else if (row.textHash() != null && !Arrays.equals(found.textHash(), row.textHash())) {
          otherTexts.add(row);
        }
      }
    }
    note(otherTexts);
    return changed;
  }

  /** What the dataset has of a record that came, but cannot be stored, is not removed. */
  void spare(String key) throws SQLException {
    Found found = find(Stream.of(key)).get(key);
    if (found != null) {
      spared.set(found.number());
    }
  }

  /**
   * That a record has another text is no change of it, so it may stay noted without the load. Not
   * all are, as a source that writes others each time would have every row written anew, in vain.
   */
  private void note(List<Row> rows) throws SQLException {
    List<Row> noted = rows.subList(0, (int) Math.min(rows.size(), textsToNote));
    if (noted.isEmpty()) {
      return;
    }
    textsToNote -= noted.size();
    note.setArray(1, keys(noted.stream().map(Row::key)));
    note.setArray(
        2,
        connection.createArrayOf(
            "bytea", noted.stream().map(Row::textHash).toArray(byte[][]::new)));
    note.executeUpdate();
  }

  /** Numbers of the rows under the records' keys, by their text. */
  private Map<Hash, Integer> same(List<Outline> records) throws SQLException {
    live.setArray(
        1, keys(records.stream().filter(record -> record.textHash() != null).map(Outline::key)));
    Map<Hash, Integer> same = HashMap.newHashMap(records.size());
    try (ResultSet row = live.executeQuery()) {
      row.next();
      byte[] numbers = row.getBytes(1);
      if (numbers != null) {
        ByteBuffer number = ByteBuffer.wrap(numbers);
        ByteBuffer hash = ByteBuffer.wrap(row.getBytes(2));
        while (number.hasRemaining()) {
          same.put(Hash.of(hash), number.getInt());
        }
      }
    }
    return same;
  }

  private Map<String, Found> find(Stream<String> keys) throws SQLException {
    find.setArray(1, keys(keys));
    Map<String, Found> known = new HashMap<>();
    try (ResultSet row = find.executeQuery()) {
      while (row.next()) {
        known.put(
            row.getString(1),
            new Found(row.getInt(2), row.getBoolean(3), row.getBytes(4), row.getBytes(5)));
      }
    }
    return known;
  }

  private Array keys(Stream<String> keys) throws SQLException {
    // The driver sends an array of strings as bytes, any other one as text that has to be parsed.
    return connection.createArrayOf("text", keys.toArray(String[]::new));
  }

  /** How many rows of the dataset came, those of removed records among them. */
  long seen() {
    return seen.cardinality();
  }

  /** How many rows of the dataset came that are not removed. */
  long seenLive() {
    return seenLive;
  }

  /** Whether a key came that the dataset never had. */
  boolean anyNew() {
    return anyNew;
  }

  /**
   * A bit for each row that stays, as PostgreSQL's {@code get_bit} counts them.
   *
   * @param rows how many bits there are
   */
  byte[] bits(int rows) {
    BitSet staying = (BitSet) seen.clone();
    staying.or(spared);
    return Arrays.copyOf(staying.toByteArray(), rows / Byte.SIZE + 1);
  }

  @Override
  public void close() throws SQLException {
    live.close();
    find.close();
    note.close();
  }
}
