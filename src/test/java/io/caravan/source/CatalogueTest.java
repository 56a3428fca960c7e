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

  private LiveSchema schema(Database database, String name, String schema) {
    return read(database, s -> Catalogue.read(s, name, schema, table -> true));
  }

  private static List<CatalogueColumn> columns(LiveSchema schema, String table) {
    return schema.table(table).map(LiveTable::columns).orElse(List.of());
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
    LiveSchema live = Catalogue.read(session, null, schema, any -> true);
    for (CatalogueColumn column : columns(live, table)) {
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

    List<CatalogueColumn> columns = columns(schema(database, null, "public"), "thing");
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
    assertThat(schema(database, null, "public").names()).containsExactly("kept", "seen", "thing");
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

    List<CatalogueColumn> columns = columns(schema(database, schema, ""), "thing");
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
    assertThat(schema(database, null, schema).names()).containsExactly("seen", "thing");
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

    List<CatalogueColumn> columns = columns(schema(database, "shop", "main"), "thing");
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
    assertThat(schema(database, null, null).names()).containsExactly("seen", "thing");
  }

  @Test
  void aNameIsFoundInAnotherCaseUnlessTwoFit() {
    Database database = TestCustomer.postgres();
    database.execute(
        "create table \"Orders\" (id int)",
        "create table orders (id int)",
        "create table \"Customers\" (id int)");

    LiveSchema live = schema(database, null, "PUBLIC");
    assertThat(live.table("customers")).map(LiveTable::name).contains("Customers");
    assertThat(live.table("orders")).map(LiveTable::name).contains("orders");
    assertThatThrownBy(() -> live.table("ORDERS"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("Orders and orders");
    assertThat(live.table("nowhere")).isEmpty();
  }

  @Test
  void twoColumnsThatDifferByCaseAreToldApart() {
    Database database = TestCustomer.postgres();
    database.execute("create table t (\"Total\" int, total text, \"Name\" text)");

    LiveTable table = schema(database, null, "public").table("t").orElseThrow();

    assertThat(table.column("Total")).map(CatalogueColumn::nativeType).contains("integer");
    assertThat(table.column("total")).map(CatalogueColumn::nativeType).contains("text");
    assertThat(table.column("name")).map(CatalogueColumn::name).contains("Name");
    assertThat(table.column("nobody")).isEmpty();
    assertThatThrownBy(() -> table.column("TOTAL"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("Total and total");
  }

  /** Views of all kinds, partitioned and foreign tables are tables to who asks for data. */
  @Test
  void everyKindOfTableCountsAndTheOthersAreNamesOnly() {
    Database database = TestCustomer.postgres();
    database.execute(
        "create table parted (id int, day date) partition by range (day)",
        "create table parted_1 partition of parted default",
        "create extension file_fdw",
        "create server files foreign data wrapper file_fdw",
        "create foreign table foreign_one (id int) server files options (filename '/dev/null')",
        "create sequence no_table",
        "create index no_table_either on parted_1 (id)");

    LiveSchema live =
        read(database, s -> Catalogue.read(s, null, "public", table -> table.equals("parted")));

    assertThat(live.names()).containsExactly("foreign_one", "parted", "parted_1");
    assertThat(live.table("parted").orElseThrow().columns()).hasSize(2);
    assertThat(live.table("foreign_one").orElseThrow().columns()).isNull();
  }

  /** That nothing can be seen must never look as if everything were gone. */
  @Test
  void aSchemaThatCannotBeSeenIsAnError() {
    Database database = TestCustomer.postgres();
    database.execute(
        "create schema closed", "create table closed.t (id int)", "create schema bare");
    String role = "reader_" + UUID.randomUUID().toString().replace("-", "");
    database.execute("create role " + role + " login");
    Database reader = new Database(database.type(), database.url(), role);

    assertThat(schema(database, null, "bare").names()).isEmpty();
    assertThatThrownBy(() -> schema(database, null, "nowhere"))
        .isInstanceOf(Failure.class)
        .hasMessage(
            "There is no schema nowhere that this user may see; correct its name, or grant the user"
                + " access.");
    assertThatThrownBy(() -> schema(reader, null, "closed"))
        .isInstanceOf(Failure.class)
        .hasMessage("The user may not use the schema closed; grant it usage.");
    Database maria = TestCustomer.mariadb();
    assertThatThrownBy(() -> schema(maria, null, "nowhere"))
        .hasMessageContaining("no schema nowhere");
    Database duck = TestCustomer.duckdb(folder);
    duck.execute("create table t (id int)");
    assertThatThrownBy(() -> schema(duck, null, "nowhere"))
        .hasMessageContaining("no schema nowhere");
  }

  @Test
  void anotherDatabaseIsNotTakenForTheOneConnectedTo() {
    Database database = TestCustomer.postgres();

    assertThatThrownBy(
            () -> read(database, s -> Catalogue.read(s, "elsewhere", "public", t -> true)))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("elsewhere");
    assertThatThrownBy(() -> read(database, s -> Catalogue.read(s, null, "", t -> true)))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("schema");
  }
}
