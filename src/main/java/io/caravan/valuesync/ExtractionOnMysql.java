package io.caravan.valuesync;

import io.caravan.source.Dialect;
import io.caravan.source.ValueKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * MySQL and MariaDB. Its statistics may be a day old, so size is told from the integer primary key,
 * and rows are picked by jumping to random keys. Text usually compares without regard to case and
 * accents, so it is grouped by its bytes.
 */
final class ExtractionOnMysql extends ExtractionVendor {
  /** Rows that are read one after the other from a random key on. */
  private static final long RUN = 64;

  private static final long MOST_RUNS = 320;
  private static final long SMALL_ROWS = 50_000;

  private static final String FACTS =
      """
      select c.column_type, c.data_type, c.character_maximum_length, t.table_rows,
        exists (select 1 from information_schema.statistics s
          where s.table_schema = c.table_schema and s.table_name = c.table_name
            and s.column_name = c.column_name and s.seq_in_index = 1 and s.sub_part is null
            and s.index_type = 'BTREE') as indexed,
        (select case when count(*) = 1 and max(k.data_type) in ('tinyint', 'smallint', 'mediumint', 'int', 'bigint')
            then max(k.column_name) end
          from information_schema.columns k
          where k.table_schema = t.table_schema and k.table_name = t.table_name and k.column_key = 'PRI') as pk
      from information_schema.tables t
        left join information_schema.columns c
          on c.table_schema = t.table_schema and c.table_name = t.table_name and c.column_name = ?
      where t.table_schema = coalesce(?, database()) and t.table_name = ?\
      """;

  /** The range of an integer primary key. */
  private record Keys(String column, long first, long last) {}

  ExtractionOnMysql(Dialect dialect) {
    super(dialect);
  }

  @Override
  ColumnFacts facts(
      ExtractionStatements statements, ColumnRef column, ExtractionLimits limits, TableState state)
      throws SQLException {
    String schema = column.schemaName() == null ? column.databaseName() : column.schemaName();
    String[] key = new String[1];
    ColumnFacts facts =
        statements.query(
            FACTS,
            row -> {
              ColumnFacts read = read(row, column, limits, state);
              key[0] = row.getString("pk");
              return read;
            },
            column.columnName(),
            schema,
            column.tableName());
    return key[0] == null ? facts : withKeys(facts, keys(statements, facts, key[0]));
  }

  private ColumnFacts read(
      ResultSet row, ColumnRef column, ExtractionLimits limits, TableState state)
      throws SQLException {
    String type = column.requireType(row.next(), row, 1);
    ValueKind kind = dialect.kindOf(type);
    long longest = row.getLong("character_maximum_length");
    return new ColumnFacts(
        column,
        type,
        kind,
        false,
        -1,
        0,
        false,
        row.getBoolean("indexed"),
        -1,
        longest > limits.maxValueLength(),
        kind == ValueKind.TEXT,
        List.of(),
        -1,
        null,
        state);
  }

  private Keys keys(ExtractionStatements statements, ColumnFacts facts, String key)
      throws SQLException {
    String column = dialect.quote(key);
    return statements.query(
        "select min(%1$s), max(%1$s) from %2$s".formatted(column, table(facts)),
        row -> {
          row.next();
          return new Keys(column, row.getLong(1), row.getLong(2));
        });
  }

  private static ColumnFacts withKeys(ColumnFacts facts, Keys keys) {
    // Unsigned keys beyond the range of a long are nobody's row numbers.
    long most = keys.last() - keys.first() + 1;
    boolean usable = most > 0;
    return new ColumnFacts(
        facts.column(),
        facts.nativeType(),
        facts.kind(),
        false,
        usable ? most : -1,
        usable ? most / RUN : 0,
        usable && most <= SMALL_ROWS,
        facts.indexed(),
        -1,
        facts.mayBeLong(),
        facts.byText(),
        List.of(),
        -1,
        keys,
        facts.state());
  }

  @Override
  long places(ExtractionStep.Sample sample) {
    return Math.min(sample.units(), MOST_RUNS);
  }

  @Override
  String rows(ColumnFacts facts, ExtractionStep step) {
    return switch (step) {
      case ExtractionStep.Sample sample -> runs(facts, (Keys) facts.handle(), sample);
      case ExtractionStep.Prefix prefix ->
          "(select "
              + name(facts)
              + " as e from "
              + table(facts)
              + " t limit "
              + prefix.rows()
              + ") u";
      default -> table(facts) + " t";
    };
  }

  private String runs(ColumnFacts facts, Keys keys, ExtractionStep.Sample sample) {
    int places = (int) places(sample);
    long rows = RUN * sample.units() / places;
    return IntStream.range(0, places)
        .mapToObj(
            place ->
                "(select %d as place, %s as e from %s t where t.%s >= %d order by t.%s limit %d)"
                    .formatted(
                        place,
                        name(facts),
                        table(facts),
                        keys.column(),
                        ThreadLocalRandom.current()
                            .nextLong(keys.first(), Math.max(keys.last(), keys.first() + 1)),
                        keys.column(),
                        rows))
        .collect(Collectors.joining("\nunion all\n", "(", ") u"));
  }

  @Override
  String value(ColumnFacts facts, ExtractionStep step) {
    return step instanceof ExtractionStep.Exact ? name(facts) : "u.e";
  }

  @Override
  String onePlace(ColumnFacts facts, ExtractionStep step) {
    return step instanceof ExtractionStep.Sample
        ? "case when min(u.place) = max(u.place) then 1 else 0 end"
        : super.onePlace(facts, step);
  }
}
