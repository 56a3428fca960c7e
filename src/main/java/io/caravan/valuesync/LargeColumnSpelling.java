package io.caravan.valuesync;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the values of a large column that were probably meant although what was typed has errors.
 */
final class LargeColumnSpelling {
  private static final long MOST_BYTES = 24 << 20;

  private final Map<Long, WordList> cache = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  /**
   * @param query tolerates at least one edit
   * @param most so many matches are enough
   * @param found better matches, left out here
   * @return best first; nothing when the column has been replaced since its version was read
   */
  List<Match> search(
      Connection connection,
      int columnNo,
      long version,
      SearchQuery query,
      List<Match> found,
      int most)
      throws SQLException {
    WordList words = words(connection, columnNo, version);
    List<Match> matches = new ArrayList<>();
    if (words == null) {
      return matches;
    }
    boolean cut = WordList.cuts(query.letters(), query.edits());
    int wanted = (most + found.size()) * (cut ? 10 : 2);
    List<int[]> near = words.near(query.letters(), query.edits(), wanted);
    // A value without an error is among the better matches already, unless only the query's
    // beginning was compared.
    for (int edits = cut ? 0 : 1; edits < near.size() && matches.size() < most; edits++) {
      if (near.get(edits).length > 0) {
        read(connection, columnNo, version, near.get(edits), query, found, matches);
      }
    }
    matches.sort(Match.BEST_FIRST);
    return matches.size() > most ? matches.subList(0, most) : matches;
  }

  private static void read(
      Connection connection,
      int columnNo,
      long version,
      int[] ranks,
      SearchQuery query,
      List<Match> found,
      List<Match> into)
      throws SQLException {
    TypingError errors = new TypingError(query.letters(), query.edits());
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            select value, count, text
            from valuesync.large_value
            where column_no = ? and list_version = ? and rank = any (?)
            """)) {
      statement.setInt(1, columnNo);
      statement.setLong(2, version);
      statement.setObject(3, ranks);
      ResultSet row = statement.executeQuery();
      while (row.next()) {
        String value = row.getString(1);
        int fewest = errors.inWords(row.getString(3));
        if (fewest <= query.edits() && !holds(found, value) && !holds(into, value)) {
          into.add(
              new Match(
                  fewest <= 1 ? MatchClass.ONE_EDIT : MatchClass.TWO_EDITS, value, row.getLong(2)));
        }
      }
    }
  }

  private static boolean holds(List<Match> matches, String value) {
    return matches.stream().anyMatch(m -> m.value().equals(value));
  }

  private WordList words(Connection connection, int columnNo, long version) throws SQLException {
    synchronized (cache) {
      WordList held = cache.get(version);
      if (held != null) {
        return held;
      }
    }
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select packed from valuesync.large_word where column_no = ? and list_version = ?")) {
      statement.setInt(1, columnNo);
      statement.setLong(2, version);
      ResultSet row = statement.executeQuery();
      if (!row.next()) {
        return null;
      }
      WordList words = WordList.unpack(row.getBytes(1));
      keep(version, words);
      return words;
    }
  }

  private void keep(long version, WordList words) {
    synchronized (cache) {
      if (words.weight() <= MOST_BYTES && cache.put(version, words) == null) {
        bytes += words.weight();
        var oldest = cache.values().iterator();
        while (bytes > MOST_BYTES) {
          bytes -= oldest.next().weight();
          oldest.remove();
        }
      }
    }
  }
}
