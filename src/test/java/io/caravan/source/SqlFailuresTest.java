package io.caravan.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlFailuresTest {

  @ParameterizedTest
  @CsvSource({
    "POSTGRESQL,08006,0,TRANSIENT",
    "POSTGRESQL,40001,0,TRANSIENT",
    "POSTGRESQL,40P01,0,TRANSIENT",
    "POSTGRESQL,55P03,0,TRANSIENT",
    "POSTGRESQL,57P01,0,TRANSIENT",
    "POSTGRESQL,57P03,0,TRANSIENT",
    "POSTGRESQL,53300,0,TRANSIENT",
    "POSTGRESQL,28P01,0,AUTHORISATION",
    "POSTGRESQL,28000,0,AUTHORISATION",
    "POSTGRESQL,42501,0,AUTHORISATION",
    "POSTGRESQL,42P01,0,CONFIGURATION",
    "POSTGRESQL,42703,0,CONFIGURATION",
    "POSTGRESQL,3D000,0,CONFIGURATION",
    "POSTGRESQL,3F000,0,CONFIGURATION",
    "POSTGRESQL,0A000,0,CONFIGURATION",
    "POSTGRESQL,57014,0,TIMEOUT",
    "POSTGRESQL,42883,0,INTERNAL",
    "POSTGRESQL,25006,0,INTERNAL",
    "REDSHIFT,57014,0,TIMEOUT",
    "MYSQL,28000,1045,AUTHORISATION",
    "MYSQL,42000,1044,AUTHORISATION",
    "MYSQL,42000,1142,AUTHORISATION",
    "MYSQL,42S02,1146,CONFIGURATION",
    "MYSQL,42S22,1054,CONFIGURATION",
    "MYSQL,42000,1049,CONFIGURATION",
    "MARIADB,70100,1317,TIMEOUT",
    "MARIADB,70100,1969,TIMEOUT",
    "MYSQL,HY000,3024,TIMEOUT",
    "MYSQL,40001,1213,TRANSIENT",
    "MYSQL,HY000,1205,TRANSIENT",
    "MYSQL,08004,1040,TRANSIENT",
    "SQLSERVER,S0001,18456,AUTHORISATION",
    "SQLSERVER,S0005,229,AUTHORISATION",
    "SQLSERVER,S0002,208,CONFIGURATION",
    "SQLSERVER,S0001,207,CONFIGURATION",
    "SQLSERVER,S0001,4060,CONFIGURATION",
    "SQLSERVER,40001,1205,TRANSIENT",
    "SQLSERVER,HYT00,0,TIMEOUT",
    "SQLSERVER,08S01,0,TRANSIENT",
    "SNOWFLAKE,08001,390100,AUTHORISATION",
    "SNOWFLAKE,42S02,2003,CONFIGURATION",
    "SNOWFLAKE,57014,604,TIMEOUT",
    "DATABRICKS,42P01,0,CONFIGURATION",
    "BIGQUERY,,0,INTERNAL"
  })
  void theCodeTellsTheKind(SourceType type, String state, int code, FailureKind kind) {
    Failure failure =
        SqlFailures.explain(new SQLException("value 'hunter2'", state, code), type, "the column");

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure).hasMessageStartingWith("The column: ").hasMessageNotContaining("hunter2");
    if (state != null) {
      assertThat(failure).hasMessageContaining("SQLSTATE " + state);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          Catalog Error: Table with name nowhere does not exist!           | CONFIGURATION | nowhere
          Binder Error: Referenced column "wrong" not found in FROM clause | CONFIGURATION | wrong
          INTERRUPT Error: Interrupted!                                    | TIMEOUT       | longer
          Out of Memory Error: could not allocate                          | CONFIGURATION | duckdb-memory
          IO Error: Cannot open file "/srv/x.duckdb"                       | CONFIGURATION | path
          Conversion Error: Could not convert string 'hunter2' to INT32    | INTERNAL      | refused
          """)
  void duckDbsTextTellsTheKind(String message, FailureKind kind, String tells) {
    Failure failure =
        SqlFailures.explain(new SQLException(message), SourceType.DUCKDB, "the column");

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure).hasMessageContaining(tells).hasMessageNotContaining("hunter2");
  }

  @Test
  void theCauseUnderneathCounts() {
    var unknownHost = new SQLException("x", "08001", new UnknownHostException("nowhere"));
    var refused = new SQLException("x", "08001", new ConnectException());
    var pooled =
        new SQLTransientConnectionException("request timed out", new SQLException("x", "28P01", 0));

    assertThat(SqlFailures.explain(unknownHost, SourceType.MYSQL, "shop"))
        .hasMessageContaining("host name");
    assertThat(SqlFailures.explain(refused, SourceType.MYSQL, "shop"))
        .hasMessageContaining("nothing answers");
    assertThat(SqlFailures.explain(pooled, SourceType.POSTGRESQL, "shop").kind())
        .isEqualTo(FailureKind.AUTHORISATION);
    assertThat(SqlFailures.explain(new SQLTimeoutException(), SourceType.BIGQUERY, "shop").kind())
        .isEqualTo(FailureKind.TIMEOUT);
  }
}
