package io.caravan.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.failure.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JdbcUrlCheckTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      textBlock =
          """
          POSTGRESQL jdbc:postgresql://db.example.org:5432/shop?sslmode=verify-full&sslrootcert=/etc/ca.pem
          POSTGRESQL jdbc:postgresql://a,b:5433/shop?targetServerType=preferSecondary
          POSTGRESQL jdbc:postgresql:shop
          MYSQL jdbc:mysql://localhost:3306/shop?useSSL=true&serverTimezone=UTC
          MARIADB jdbc:mariadb://localhost/shop?sslMode=verify-full
          SQLSERVER jdbc:sqlserver://localhost:1433;databaseName=shop;encrypt=true;trustServerCertificate=true
          REDSHIFT jdbc:redshift://c.abc.eu-west-1.redshift.amazonaws.com:5439/dev?ssl=true
          SNOWFLAKE jdbc:snowflake://acme.snowflakecomputing.com/?db=SHOP&warehouse=WH&role=READER
          BIGQUERY jdbc:bigquery://https://www.googleapis.com/bigquery/v2:443;ProjectId=p;OAuthType=0;OAuthServiceAcctEmail=a@p.iam
          DATABRICKS jdbc:databricks://adb-1.azuredatabricks.net:443/default;transportMode=http;ssl=1;AuthMech=3;httpPath=/sql/1.0/warehouses/1
          DUCKDB jdbc:duckdb:/srv/shop.duckdb
          DUCKDB jdbc:duckdb:data/demo/shop.duckdb
          """)
  void letsOrdinaryUrlsThrough(SourceType type, String url) {
    assertThatCode(() -> JdbcUrlCheck.check(type, url)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      textBlock =
          """
          POSTGRESQL jdbc:mysql://localhost/shop
          POSTGRESQL postgres://localhost/shop
          POSTGRESQL jdbc:postgresql:
          MYSQL jdbc:mariadb://localhost/shop
          DUCKDB jdbc:duckdb:
          """)
  void saysHowTheUrlMustBegin(SourceType type, String url) {
    assertThatThrownBy(() -> JdbcUrlCheck.check(type, url))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("must begin with jdbc:" + type.apiName() + ":");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      textBlock =
          """
          POSTGRESQL jdbc:postgresql://me:hunter2@localhost/shop username
          POSTGRESQL jdbc:postgresql://localhost/shop?user=me username
          POSTGRESQL jdbc:postgresql://localhost/shop?ssl=true&password=hunter2 password
          POSTGRESQL jdbc:postgresql://localhost/shop?sslpassword=hunter2 password
          MYSQL jdbc:mysql://address=(host=a)(password=hunter2)/shop password
          MARIADB jdbc:mariadb://localhost/shop?keyStorePassword=hunter2 password
          SQLSERVER jdbc:sqlserver://localhost;databaseName=shop;password={hunter2} password
          SQLSERVER jdbc:sqlserver://localhost;accessToken=hunter2 password
          SNOWFLAKE jdbc:snowflake://acme.snowflakecomputing.com/?private_key_base64=hunter2 password
          BIGQUERY jdbc:bigquery://https://www.googleapis.com;OAuthType=0;OAuthPvtKey=hunter2 password
          DATABRICKS jdbc:databricks://adb:443;UID=token;PWD=hunter2 username
          DATABRICKS jdbc:databricks://adb:443;OAuth2Secret=hunter2 password
          """)
  void saysWhereASecretBelongs(SourceType type, String url, String field) {
    assertThatThrownBy(() -> JdbcUrlCheck.check(type, url))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(field)
        .hasMessageNotContaining("hunter2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      textBlock =
          """
          POSTGRESQL jdbc:postgresql://localhost/shop?socketFactory=evil.Factory socketFactory
          POSTGRESQL jdbc:postgresql://localhost/shop?ssl=true&sslfactory=evil.Factory sslfactory
          POSTGRESQL jdbc:postgresql://localhost/shop?socket%46actory=evil.Factory socket%46actory
          POSTGRESQL jdbc:postgresql://localhost/shop?authenticationPluginClassName=evil authenticationPluginClassName
          POSTGRESQL jdbc:postgresql://localhost/shop?loggerFile=/tmp/x.jsp loggerFile
          POSTGRESQL jdbc:postgresql://localhost/shop?socketTimeout=0 socketTimeout
          POSTGRESQL jdbc:postgresql://localhost/shop?service=x service
          MARIADB jdbc:mariadb://localhost/shop?allowLocalInfile=true allowLocalInfile
          MARIADB jdbc:mariadb://localhost/shop?pipe=x pipe
          MYSQL jdbc:mysql://localhost/shop?autoDeserialize=true autoDeserialize
          MYSQL jdbc:mysql://localhost/shop?queryInterceptors=evil queryInterceptors
          MYSQL jdbc:mysql://address=(host=a)(allowLoadLocalInfile=true)/shop allowLoadLocalInfile
          SQLSERVER jdbc:sqlserver://localhost;socketFactoryClass=evil socketFactoryClass
          SQLSERVER jdbc:sqlserver://localhost;trustManagerClass=evil trustManagerClass
          REDSHIFT jdbc:redshift://c/dev;plugin_name=evil plugin_name
          REDSHIFT jdbc:redshift://c/dev?IniFile=/tmp/x IniFile
          SNOWFLAKE jdbc:snowflake://acme.snowflakecomputing.com/?tracing=ALL tracing
          BIGQUERY jdbc:bigquery://h;LogPath=/tmp LogPath
          DATABRICKS jdbc:databricks://h;LogPath=/tmp LogPath
          """)
  void namesAnOptionThatIsNotLetThrough(SourceType type, String url, String option) {
    assertThatThrownBy(() -> JdbcUrlCheck.check(type, url))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("option " + option + ":")
        .hasMessageNotContaining("evil");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      textBlock =
          """
          jdbc:duckdb::memory:
          jdbc:duckdb::memory:shared
          jdbc:duckdb:md:shop
          jdbc:duckdb:s3://bucket/shop.duckdb
          jdbc:duckdb:https://example.org/shop.duckdb
          jdbc:duckdb:/srv/shop.duckdb;enable_external_access=true
          jdbc:duckdb:/srv/shop.duckdb?x=y
          """)
  void aDuckDbUrlIsAFileAndNothingElse(String url) {
    assertThatThrownBy(() -> JdbcUrlCheck.check(SourceType.DUCKDB, url))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("file on this machine");
  }

  @Test
  void givesMessagesThePlaceWithoutTheRest() {
    assertThat(JdbcUrlCheck.place("jdbc:postgresql://db:5432/shop?ssl=true")).isEqualTo("db:5432");
    assertThat(JdbcUrlCheck.place("jdbc:sqlserver://db:1433;databaseName=x")).isEqualTo("db:1433");
    assertThat(JdbcUrlCheck.place("jdbc:duckdb:/srv/shop.duckdb"))
        .isEqualTo("jdbc:duckdb:/srv/shop.duckdb");
  }

  @Test
  void speaksToMysqlThroughTheMariaDbDriver() {
    assertThat(JdbcUrlCheck.forDriver(SourceType.MYSQL, "jdbc:mysql://h/shop?useSSL=true"))
        .isEqualTo("jdbc:mariadb://h/shop?useSSL=true");
  }
}
