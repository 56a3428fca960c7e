package io.caravan.connectorsync.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.failure.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where URLs lead, and which hide it. */
class JdbcPlaceTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "jdbc:postgresql://db.example.com/shop | db.example.com",
        "jdbc:postgresql://one:5432,two:5433/shop?sslmode=require | one,two",
        "jdbc:mariadb://[::1]:3306/shop | [::1]",
        "jdbc:sqlserver://db\\SQLEXPRESS:1433;databaseName=shop | db",
        "jdbc:bigquery://https://www.googleapis.com/bigquery/v2:443;ProjectId=x |"
            + " www.googleapis.com"
      })
  void everyHostOfAUrlIsSeen(String url, String hosts) {
    assertThat(String.join(",", JdbcPlace.of(url).hosts())).isEqualTo(hosts);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql:shop",
        "jdbc:postgresql:///shop",
        "jdbc:postgresql://",
        "jdbc:mariadb:replication://one,two/shop",
        "jdbc:mariadb://address=(host=10.0.0.1)(port=3306)/shop",
        "jdbc:mariadb://one/shop?host=10.0.0.1",
        "jdbc:sqlserver://;serverName=10.0.0.1",
        "jdbc:sqlserver://one;failoverPartner=10.0.0.1",
        "jdbc:postgresql://user@one/shop",
        "jdbc:h2:file:/etc/x",
        "jdbc:sqlite:/etc/x",
        "http://one"
      })
  void aUrlThatHidesAHostIsRefused(String url) {
    assertThatThrownBy(() -> JdbcPlace.of(url))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("config.jdbcUrl:");
  }

  @Test
  void aFileIsNoHost() {
    assertThat(JdbcPlace.of("jdbc:duckdb:/etc/x").hosts()).isEmpty();
    assertThat(JdbcPlace.of("jdbc:duckdb:/etc/x").file()).isEqualTo("/etc/x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select 1",
        "with a as (select 1 as x) select * from a;",
        "select a.id from a union all select b.id from b",
        "select [Order Id] from [Order Details]",
        "select 'x; delete from y' as text -- a comment"
      })
  void whatOnlyReadsIsTaken(String query) {
    assertThat(ReadOnlyQuery.checked(query)).doesNotEndWith(";");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "delete from orders",
        "select 1; delete from orders",
        "with gone as (delete from orders returning *) select * from gone",
        "select * into copy from orders",
        "select * from orders for update",
        "create table x as select 1",
        "no sql at all"
      })
  void whatChangesOrLocksIsRefused(String query) {
    assertThatThrownBy(() -> ReadOnlyQuery.checked(query))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("config.query:");
  }
}
