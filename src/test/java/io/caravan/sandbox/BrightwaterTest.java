package io.caravan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.TestDatabase;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class BrightwaterTest {
  private final PGSimpleDataSource admin = TestDatabase.empty();

  @AfterEach
  void leavesTheSharedServerAsItWas() throws SQLException {
    execute("drop database if exists brightwater");
    execute("drop role if exists warehouse_reader");
    execute("drop role if exists plain");
  }

  @Test
  void leavesADatabaseAloneThatItDidNotMake() throws SQLException {
    execute("create database brightwater");

    assertThatThrownBy(() -> brightwaterAs(admin.getUser()).prepare("secret"))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.CONFIGURATION))
        .hasMessageContaining("database brightwater that Caravan did not make");
    execute("alter database brightwater connection limit 7");
  }

  @Test
  void leavesARoleAloneThatItDidNotMake() throws SQLException {
    execute("create role warehouse_reader nologin");

    assertThatThrownBy(() -> brightwaterAs(admin.getUser()).prepare("secret"))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.CONFIGURATION))
        .hasMessageContaining("role warehouse_reader that Caravan did not make");
  }

  @Test
  void saysWhichRightsAreMissing() throws SQLException {
    execute("create role plain login");

    assertThatThrownBy(() -> brightwaterAs("plain").prepare("secret"))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.AUTHORISATION))
        .hasMessageContaining("CREATEDB and CREATEROLE");
  }

  private Brightwater brightwaterAs(String user) {
    return new Brightwater(new PostgresServer(admin.getUrl(), user, null));
  }

  private void execute(String sql) throws SQLException {
    try (var connection = admin.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
