package io.caravan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.TestDatabase;
import io.caravan.source.SourceType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The warehouses are made once, from a state as an interrupted start leaves it, and then looked at.
 */
class WarehousesTest {
  private static final PGSimpleDataSource ADMIN = TestDatabase.empty();
  private static final String PASSWORD = "reader's own";

  @TempDir private static Path folder;
  private static Warehouse brightwater;
  private static Warehouse velohaven;

  @BeforeAll
  static void makesThemAfterAnInterruptedStart() throws Exception {
    execute("create database brightwater_unfinished");
    Files.writeString(folder.resolve("velohaven.unfinished"), "half a file");
    List<Warehouse> made = warehouses().prepare(PASSWORD);
    brightwater = made.getFirst();
    velohaven = made.getLast();
  }

  @AfterAll
  static void leavesTheSharedServerAsItWas() throws SQLException {
    execute("drop database if exists brightwater with (force)");
    execute("drop role if exists warehouse_reader");
  }

  @Test
  void bothAreFreshAndOfTwoBusinesses() {
    assertThat(List.of(brightwater, velohaven)).allMatch(Warehouse::fresh);
    assertThat(brightwater.type()).isEqualTo(SourceType.POSTGRESQL);
    assertThat(velohaven.type()).isEqualTo(SourceType.DUCKDB);
    assertThat(brightwater.organization()).isNotEqualTo(velohaven.organization());
  }

  @Test
  void nothingUnfinishedIsLeft() throws SQLException {
    assertThat(
            query(
                ADMIN.getConnection(),
                "select datname from pg_database where datname like 'brightwater%'"))
        .containsExactly("brightwater");
    assertThat(folder).isDirectoryNotContaining("glob:**.unfinished*");
  }

  @Test
  void brightwaterHoldsADozenTablesAndOneAndAHalfMillionRows() throws SQLException {
    List<String> tables =
        query(reader(), "select tablename from pg_tables where schemaname = 'shop' order by 1");
    long rows = 0;
    for (String table : tables) {
      rows += Long.parseLong(query(reader(), "select count(*) from shop." + table).getFirst());
    }

    assertThat(tables).hasSizeGreaterThanOrEqualTo(12);
    assertThat(rows).isGreaterThanOrEqualTo(1_500_000);
    assertThat(
            query(
                reader(),
                "select distinct schemaname::text from pg_stats where schemaname !~ '^(pg_|info)'"))
        .containsExactly("shop");
  }

  @Test
  void velohavenHoldsSomeThreeHundredThousandRows() throws SQLException {
    String sum =
        """
        select (select count(*) from station) + (select count(*) from bicycle)
          + (select count(*) from trip) + (select count(*) from repair)
        """;

    assertThat(Long.parseLong(query(duckdb(), sum).getFirst())).isBetween(300_000L, 320_000L);
  }

  @Test
  void everySearchableColumnHoldsValues() throws SQLException {
    assertThat(Warehouses.searchableColumns()).hasSizeBetween(25, 35).doesNotHaveDuplicates();
    assertThat(brightwater.searchableColumns())
        .extracting(SearchableColumn::databaseName)
        .containsOnly("brightwater");
    assertThat(velohaven.searchableColumns())
        .extracting(SearchableColumn::databaseName)
        .containsOnly("velohaven");
    for (Warehouse warehouse : List.of(brightwater, velohaven)) {
      for (SearchableColumn column : warehouse.searchableColumns()) {
        Connection session = warehouse == brightwater ? reader() : duckdb();
        String sql =
            "select count(distinct %s) from %s.%s"
                .formatted(column.columnName(), column.schemaName(), column.tableName());
        assertThat(Integer.parseInt(query(session, sql).getFirst()))
            .as(column.toString())
            .isGreaterThan(1);
      }
    }
  }

  @Test
  void searchableColumnsAreOfManyTypesAndHoldNoEmailAddress() throws SQLException {
    List<String> types = new ArrayList<>();
    for (SearchableColumn column : brightwater.searchableColumns()) {
      String name = column.columnName();
      String table = "shop." + column.tableName();
      types.addAll(
          query(reader(), "select pg_typeof(%s)::text from %s limit 1".formatted(name, table)));
      assertThat(
              query(
                  reader(),
                  "select count(*) from %s where %s::text like '%%@%%'".formatted(table, name)))
          .as(column.toString())
          .containsExactly("0");
    }

    assertThat(types)
        .contains("text", "numeric", "smallint", "date", "boolean", "text[]", "shop.order_status");
    assertThat(
            query(reader(), "select count(*) > 100000 from shop.customer where email like '%@%'"))
        .containsExactly("t");
  }

  @Test
  void valuesAreSkewedAccentedBlankMissingAndLong() throws SQLException {
    assertThat(
            query(
                reader(),
                "select count(*) filter (where city = 'London') * 20 > count(*) from"
                    + " shop.customer"))
        .as("one city of 284 has more than a twentieth of the customers")
        .containsExactly("t");
    assertThat(query(reader(), "select count(distinct city) > 200 from shop.customer"))
        .containsExactly("t");
    assertThat(query(reader(), "select distinct city from shop.customer where city like 'K%n'"))
        .contains("Köln");
    assertThat(query(reader(), "select count(*) > 1000 from shop.product where colour is null"))
        .containsExactly("t");
    assertThat(
            query(
                reader(),
                "select distinct delivery_note from shop.customer_order where delivery_note !~"
                    + " '\\S'"))
        .containsExactlyInAnyOrder("", " ");
    assertThat(query(reader(), "select max(length(description)) > 5000 from shop.product"))
        .containsExactly("t");
    assertThat(
            query(reader(), "select count(distinct tracking_number) = count(*) from shop.shipment"))
        .containsExactly("t");
  }

  @Test
  void anOrderCostsWhatItsLinesCost() throws SQLException {
    String wrong =
        """
        select count(*) from shop.customer_order o
        where total <> (select round(sum(quantity * unit_price * (100 - discount_percent) / 100), 2)
          from shop.order_line l where l.order_id = o.id) and o.id % 100 = 0
        """;

    assertThat(query(reader(), wrong)).containsExactly("0");
  }

  @Test
  void theReaderCanOnlyRead() throws SQLException {
    try (Connection session = reader();
        var statement = session.createStatement()) {
      statement.execute("set default_transaction_read_only = off");
      assertThatThrownBy(() -> statement.execute("delete from shop.brand"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
      assertThatThrownBy(() -> statement.execute("create table public.mine (id int)"))
          .isInstanceOf(SQLException.class);
    }
  }

  @Test
  void theAddressHoldsNoCredential() {
    assertThat(brightwater.jdbcUrl())
        .contains("/brightwater")
        .doesNotContain("user=")
        .doesNotContain("password");
  }

  @Test
  void aSecondStartFindsThemAndTakesTheNewPassword() throws SQLException {
    String database = "select oid from pg_database where datname = 'brightwater'";
    String password = "select rolpassword from pg_authid where rolname = 'warehouse_reader'";
    String databaseBefore = query(ADMIN.getConnection(), database).getFirst();
    String passwordBefore = query(ADMIN.getConnection(), password).getFirst();

    assertThat(warehouses().prepare("changed")).noneMatch(Warehouse::fresh);
    assertThat(query(ADMIN.getConnection(), database)).containsExactly(databaseBefore);
    assertThat(query(ADMIN.getConnection(), password).getFirst())
        .startsWith("SCRAM-SHA-256$")
        .isNotEqualTo(passwordBefore);
  }

  private static Warehouses warehouses() {
    return new Warehouses(ADMIN.getUrl(), ADMIN.getUser(), ADMIN.getPassword(), folder);
  }

  private static Connection reader() throws SQLException {
    return DriverManager.getConnection(brightwater.jdbcUrl(), brightwater.username(), PASSWORD);
  }

  private static Connection duckdb() throws SQLException {
    return DriverManager.getConnection(velohaven.jdbcUrl());
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = ADMIN.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> query(Connection connection, String sql) throws SQLException {
    try (connection;
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }
}
