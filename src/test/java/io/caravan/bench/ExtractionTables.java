package io.caravan.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Tables of one size: one without an index, one sorted by its column, one with indexes. */
final class ExtractionTables {
  private ExtractionTables() {}

  static void create(Connection connection, long rows) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements(rows)) {
        statement.execute(sql);
      }
    }
  }

  /** The one without an index alone. */
  static void createHeap(Connection connection, long rows) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(heap(rows));
      statement.execute("vacuum analyze heap_" + rows);
    }
  }

  private static String heap(long rows) {
    return """
    create table heap_%1$d as
    select i as id,
      'status ' || lpad(floor(random() * 20)::int::text, 2, '0') as c20,
      'city ' || floor(random() * 5000)::int as c5k,
      'user' || floor(random() * %1$d * 0.4)::int || '@example.com' as c4m,
      'term ' || floor(exp(random() * ln(%1$d * 0.3)))::int as zipf,
      case when random() < 0.001 then 'rare ' || floor(random() * 15)::int end as mostly_null,
      repeat('x', 40) as rest
    from generate_series(1, %1$d) i\
    """
        .formatted(rows);
  }

  private static List<String> statements(long rows) {
    return List.of(
        heap(rows),
        """
        create table sorted_%1$d as
        select i as id, 'status ' || lpad((i / (%1$d / 20 + 1))::text, 2, '0') as c20, repeat('x', 40) as rest
        from generate_series(0, %1$d - 1) i\
        """
            .formatted(rows),
        "create table indexed_%1$d as select id, c20, c4m from heap_%1$d".formatted(rows),
        "create index on indexed_%1$d (c20)".formatted(rows),
        "create index on indexed_%1$d (c4m)".formatted(rows),
        "vacuum analyze heap_%d".formatted(rows),
        "vacuum analyze sorted_%d".formatted(rows),
        "vacuum analyze indexed_%d".formatted(rows));
  }
}
