package io.caravan.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.failure.Failure;
import io.caravan.failure.StopSignal;
import io.caravan.source.TestCustomer.Database;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueTest {
  @TempDir Path folder;

  private final TestCustomer customer = new TestCustomer();

  private <T> T read(Database database, SourceQuery<T> query) {
    UUID id = customer.register(database);
    try (SourceConnections connections =
        new SourceConnections(customer.dataSources, SourceProperties.defaults())) {
      return connections.read(id, new StopSignal(), query);
    }
  }

  private List<CatalogueTable> tables(Database database, String name, String schema) {
    return read(database, s -> Catalogue.tables(s, name, schema));
  }

  private List<CatalogueColumn> columns(
      Database database, String name, String schema, String table) {
    return read(database, s -> Catalogue.columns(s, name, schema, table));
  }

  private static Map<String, ValueKind> kinds(List<CatalogueColumn> columns) {
    return columns.stream()
        .collect(
            Collectors.toMap(
                CatalogueColumn::name, CatalogueColumn::kind, (a, b) -> a, LinkedHashMap::new));
  }

  /** The text of every searchable column of the only row. */
  private static Map<String, String> texts(SourceSession session, String schema, String table)
      throws SQLException {
    Dialect dialect = Dialect.of(session.type());
    Map<String, String> texts = new LinkedHashMap<>();
    for (CatalogueColumn column : Catalogue.columns(session, null, schema, table)) {
      if (column.kind().searchable()) {
        String select =
            "select %s from %s"
                .formatted(
                    dialect.asText(dialect.quote(column.name()), column.kind()),
                    dialect.qualified(null, schema, table));
        try (Statement statement = session.connection().createStatement();
            ResultSet row = statement.executeQuery(dialect.limit(select, 1))) {
          row.next();
          texts.put(column.name(), row.getString(1));
        }
      }
    }
    return texts;
  }

  @Test
  void postgresKindsAndTexts() {
    Database database = TestCustomer.postgres();
    database.execute(
        "create type mood as enum ('sad', 'ok')",
        "create domain email as text check (value like '%@%')",
        """
        create table thing (
          id bigint not null, c char(5), v varchar(10), e email, m mood, ms mood[], tags text[],
          n numeric(10,2), f double precision, b boolean, d date, t timestamp, tz timestamptz, ti time,
          u uuid, ip inet, j jsonb, raw bytea)
        """,
        """
        insert into thing values (1, 'ab', 'ä', 'a@b', 'ok', '{sad}', '{x,y}', 1.50, 0.1, true,
          '2024-02-29', '2024-02-29 01:02:03', '2024-02-29 01:02:03+02', '01:02', gen_random_uuid(), '10.0.0.1',
          '{}', '')
        """,
        "create view seen as select id from thing",
        "create materialized view kept as select id from thing");

    List<CatalogueColumn> columns =
        read(database, s -> Catalogue.columns(s, null, "public", "thing"));
    Map<String, String> texts = read(database, s -> texts(s, "public", "thing"));

    assertThat(kinds(columns))
        .containsEntry("id", ValueKind.NUMBER)
        .containsEntry("c", ValueKind.TEXT)
        .containsEntry("e", ValueKind.TEXT)
        .containsEntry("m", ValueKind.ENUM)
        .containsEntry("ms", ValueKind.ARRAY)
        .containsEntry("tags", ValueKind.ARRAY)
        .containsEntry("b", ValueKind.BOOLEAN)
        .containsEntry("tz", ValueKind.TIMESTAMP)
        .containsEntry("u", ValueKind.UUID)
        .containsEntry("j", ValueKind.UNSEARCHABLE)
        .containsEntry("raw", ValueKind.UNSEARCHABLE);
    assertThat(columns).extracting(CatalogueColumn::position).isSorted().startsWith(1);
    assertThat(columns.getFirst().nullable()).isFalse();
    assertThat(columns.get(1).nullable()).isTrue();
    assertThat(columns)
        .extracting(CatalogueColumn::nativeType)
        .contains("numeric(10,2)", "character(5)", "email");
    assertThat(texts)
        .containsEntry("c", "ab")
        .containsEntry("m", "ok")
        .containsEntry("tags", "{x,y}")
        .containsEntry("n", "1.50")
        .containsEntry("f", "0.1")
        .containsEntry("b", "true")
        .containsEntry("d", "2024-02-29")
        .containsEntry("t", "2024-02-29 01:02:03")
        .containsEntry("tz", "2024-02-28 23:02:03+00")
        .containsEntry("ti", "01:02:00")
        .containsEntry("ip", "10.0.0.1/32");
    assertThat(tables(database, null, "public"))
        .containsExactly(
            new CatalogueTable("public", "kept", true),
            new CatalogueTable("public", "seen", true),
            new CatalogueTable("public", "thing", false));
  }

  @Test
  void mariaDbKindsAndTexts() {
    Database database = TestCustomer.mariadb();
    database.execute(
        """
        create table thing (
          id bigint unsigned not null, v varchar(10), e enum('x','y)') , n decimal(10,2), f double, b boolean,
          small tinyint(4), d date, t datetime(3), ti time, y year, u uuid, j longblob)
        """,
        """
        insert into thing values (1, 'ä', 'y)', 1.50, 0.1, true, 7, '2024-02-29', '2024-02-29 01:02:03.5', '01:02:03',
          2024, uuid(), '')
        """,
        "create view seen as select id from thing");
    String schema = database.url().replaceAll(".*/", "");

    List<CatalogueColumn> columns = read(database, s -> Catalogue.columns(s, schema, "", "thing"));
    Map<String, String> texts = read(database, s -> texts(s, schema, "thing"));

    assertThat(kinds(columns))
        .containsEntry("id", ValueKind.NUMBER)
        .containsEntry("e", ValueKind.ENUM)
        .containsEntry("b", ValueKind.BOOLEAN)
        .containsEntry("small", ValueKind.NUMBER)
        .containsEntry("u", ValueKind.UUID)
        .containsEntry("j", ValueKind.UNSEARCHABLE);
    assertThat(texts)
        .containsEntry("v", "ä")
        .containsEntry("e", "y)")
        .containsEntry("n", "1.50")
        .containsEntry("f", "0.1")
        .containsEntry("b", "true")
        .containsEntry("small", "7")
        .containsEntry("d", "2024-02-29")
        .containsEntry("t", "2024-02-29 01:02:03.500")
        .containsEntry("ti", "01:02:03")
        .containsEntry("y", "2024");
    assertThat(tables(database, null, schema))
        .containsExactly(
            new CatalogueTable(schema, "seen", true), new CatalogueTable(schema, "thing", false));
  }

  @Test
  void duckDbKindsAndTexts() {
    Database database = TestCustomer.duckdb(folder);
    database.execute(
        "create type mood as enum ('sad', 'ok')",
        """
        create table thing (
          id hugeint not null, v varchar, m mood, tags varchar[], n decimal(10,2), f double, b boolean, d date,
          t timestamp, tz timestamptz, ti time, u uuid, s struct(a int), raw blob)
        """,
        """
        insert into thing values (1, 'ä', 'ok', ['x', 'y'], 1.50, 0.1, true, '2024-02-29', '2024-02-29 01:02:03',
          '2024-02-29 01:02:03+02', '01:02:03', uuid(), {'a': 1}, '')
        """,
        "create view seen as select id from thing");

    List<CatalogueColumn> columns =
        read(database, s -> Catalogue.columns(s, "shop", "main", "thing"));
    Map<String, String> texts = read(database, s -> texts(s, "main", "thing"));

    assertThat(kinds(columns))
        .containsEntry("id", ValueKind.NUMBER)
        .containsEntry("m", ValueKind.ENUM)
        .containsEntry("tags", ValueKind.ARRAY)
        .containsEntry("tz", ValueKind.TIMESTAMP)
        .containsEntry("s", ValueKind.UNSEARCHABLE)
        .containsEntry("raw", ValueKind.UNSEARCHABLE);
    assertThat(columns.getFirst().nullable()).isFalse();
    assertThat(texts)
        .containsEntry("v", "ä")
        .containsEntry("m", "ok")
        .containsEntry("tags", "[x, y]")
        .containsEntry("n", "1.50")
        .containsEntry("b", "true")
        .containsEntry("t", "2024-02-29 01:02:03")
        .containsEntry("tz", "2024-02-28 23:02:03+00");
    assertThat(tables(database, null, null))
        .containsExactly(
            new CatalogueTable("main", "seen", true), new CatalogueTable("main", "thing", false));
  }

  @Test
  void aNameIsFoundInAnotherCaseUnlessTwoFit() {
    Database database = TestCustomer.postgres();
    database.execute(
        "create table \"Orders\" (id int)",
        "create table orders (id int)",
        "create table \"Customers\" (id int)");

    assertThat(columns(database, null, "PUBLIC", "customers"))
        .singleElement()
        .extracting(CatalogueColumn::schemaName, CatalogueColumn::tableName)
        .containsExactly("public", "Customers");
    assertThat(columns(database, null, "public", "orders"))
        .singleElement()
        .extracting(CatalogueColumn::tableName)
        .isEqualTo("orders");
    assertThatThrownBy(() -> read(database, s -> Catalogue.columns(s, null, "public", "ORDERS")))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("Orders and orders");
    assertThat(columns(database, null, "public", "nowhere")).isEmpty();
    assertThat(tables(database, null, "nowhere")).isEmpty();
  }

  @Test
  void anotherDatabaseIsNotTakenForTheOneConnectedTo() {
    Database database = TestCustomer.postgres();

    assertThatThrownBy(() -> read(database, s -> Catalogue.tables(s, "elsewhere", "public")))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("elsewhere");
    assertThatThrownBy(() -> read(database, s -> Catalogue.tables(s, null, "")))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("schema");
  }
}
