package io.caravan.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.failure.StopSignal;
import io.caravan.source.TestCustomer.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Any name a customer's database allows must reach it unharmed, and values must come back as text.
 */
class LiveNamesTest {
  private static final List<String> NAMES =
      List.of(
          "plain",
          "with space",
          "semi;colon -- comment",
          "quote\"double",
          "quote'single",
          "back`tick",
          "brac]ket[s",
          "back\\slash",
          "UPPER lower",
          "Grüße Ελλάδα 日本",
          "select",
          "per%cent ? mark {x}");

  @TempDir static Path folder;

  private static Database database(SourceType type) throws Exception {
    return switch (type) {
      case POSTGRESQL -> TestCustomer.postgres();
      case MARIADB -> TestCustomer.mariadb();
      case DUCKDB -> TestCustomer.duckdb(Files.createTempDirectory(folder, "duck"));
      default -> throw new IllegalArgumentException(type.name());
    };
  }

  @ParameterizedTest
  @EnumSource(names = {"POSTGRESQL", "MARIADB", "DUCKDB"})
  void everyNameReachesTheDatabaseAndComesBack(SourceType type) throws Exception {
    Database database = database(type);
    Dialect dialect = Dialect.of(type);
    boolean mariadb = type == SourceType.MARIADB;
    String schema = mariadb ? database.url().replaceAll(".*/", "") : "we\"ird; 'schema";
    List<String> sql = new ArrayList<>();
    if (!mariadb) {
      sql.add("create schema " + dialect.quote(schema));
    }
    for (String name : NAMES) {
      String table = dialect.qualified(null, schema, name);
      sql.add("create table %s (%s varchar(50))".formatted(table, dialect.quote(name)));
      sql.add("insert into %s values ('a'), ('A'), ('ä'), (null)".formatted(table));
    }
    database.execute(sql.toArray(String[]::new));
    TestCustomer customer = new TestCustomer();
    UUID id = customer.register(database);

    try (SourceConnections connections =
        new SourceConnections(customer.dataSources, SourceProperties.defaults())) {
      LiveSchema live =
          connections.read(
              id, new StopSignal(), s -> Catalogue.read(s, null, schema, table -> true));
      assertThat(live.names()).containsExactlyInAnyOrderElementsOf(NAMES);

      for (String name : NAMES) {
        List<String> values =
            connections.read(id, new StopSignal(), s -> distinct(s, schema, name));
        assertThat(values).as(name).containsExactlyInAnyOrder("a", "A", "ä");
        assertThat(live.table(name).orElseThrow().columns())
            .singleElement()
            .satisfies(
                column -> {
                  assertThat(column.name()).isEqualTo(name);
                  assertThat(column.kind()).isEqualTo(ValueKind.TEXT);
                  assertThat(column.nullable()).isTrue();
                });
      }
    }
  }

  private static List<String> distinct(SourceSession session, String schema, String name)
      throws SQLException {
    Dialect dialect = Dialect.of(session.type());
    String column = dialect.quote(name);
    String select =
        "select distinct %s from %s where %s is not null"
            .formatted(
                dialect.asText(column, ValueKind.TEXT),
                dialect.qualified(null, schema, name),
                column);
    List<String> values = new ArrayList<>();
    try (Statement statement = session.connection().createStatement();
        ResultSet rows = statement.executeQuery(dialect.limit(select, 10))) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }
}
