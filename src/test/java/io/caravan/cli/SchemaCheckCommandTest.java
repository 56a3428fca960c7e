package io.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.cli.CheckRunner.Result;
import io.caravan.source.TestMariaDb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole checks of dataset files against real databases, as the shell runs them. */
class SchemaCheckCommandTest {
  private static final String ORDERS =
      """
      name: orders
      database: production
      schema: public
      dimensions:
        - {name: id, type: integer}
        - {name: customer, type: text}
      measures:
        - {name: amount, type: number, agg: sum}
      """;

  private static final String[] USER = {"--user", "postgres"};

  @TempDir private Path folder;
  private CheckRunner runner;

  @BeforeEach
  void runner() {
    runner = new CheckRunner(folder);
  }

  private static String orders() {
    return CheckRunner.postgres(
        "create table orders (id int, customer text, amount numeric(10,2))");
  }

  private static String renamed() {
    return CheckRunner.postgres(
        "create table orders (id int, customer_name text, amount numeric(10,2))");
  }

  private Result check(String url, String... options) {
    String[] all = new String[USER.length + options.length];
    System.arraycopy(USER, 0, all, 0, USER.length);
    System.arraycopy(options, 0, all, USER.length, options.length);
    return runner.check(url, all);
  }

  @Test
  void whatFitsIsCleanAndTheYamlsDatabaseIsIgnored() throws IOException {
    runner.file("orders.yml", ORDERS).file("deep/er/orders.YAML", ORDERS).file("notes.txt", "x");

    Result result = check(orders());

    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .isEqualToIgnoringNewLines(
            "2 files, 2 tables: 0 critical, 0 warnings, 0 info, 0 unverifiable");
    assertThat(result.status()).isZero();
  }

  @Test
  void aMissingColumnIsToldWithPlaceRenameAndPatch() throws IOException {
    runner.file("orders.yml", ORDERS);

    Result result = check(renamed());

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).isEmpty();
    assertThat(result.out().lines())
        .startsWith(
            "orders.yml",
            "  critical      orders.yml:6  orders.customer: The YAML uses the column customer, the"
                + " table orders has no such column.",
            "                Probably renamed to customer_name.")
        .anyMatch(line -> line.startsWith("                - ") && line.contains("name: customer"))
        .anyMatch(
            line -> line.startsWith("                + ") && line.contains("name: customer_name"))
        .endsWith("1 file, 1 table: 1 critical, 0 warnings, 0 info, 0 unverifiable")
        .noneMatch(line -> line.contains("\u001b"));
  }

  @Test
  void jsonHasEveryFieldOfEveryFinding() throws IOException {
    runner.file("b.yml", ORDERS).file("a.yml", ORDERS.replace("customer", "customer_name"));

    Result result = check(renamed(), "--format", "json");

    JsonNode json = result.json();
    assertThat(json.get("success").asBoolean()).isFalse();
    assertThat(json.get("counts"))
        .isEqualTo(
            CheckRunner.JSON.readTree(
                "{\"critical\":1,\"warning\":0,\"info\":0,\"unverifiable\":0}"));
    assertThat(json.at("/files/0/file").asText()).isEqualTo("a.yml");
    assertThat(json.at("/files/0/findings")).isEmpty();
    assertThat(json.at("/files/1/tables/0").asText()).isEqualTo("orders");
    JsonNode finding = json.at("/files/1/findings/0");
    assertThat(finding.fieldNames())
        .toIterable()
        .containsExactly(
            "type",
            "severity",
            "table",
            "column",
            "line",
            "expected",
            "actual",
            "message",
            "suggestion",
            "patch");
    assertThat(finding.get("type").asText()).isEqualTo("missing_column");
    assertThat(finding.get("severity").asText()).isEqualTo("critical");
    assertThat(finding.get("line").asInt()).isEqualTo(6);
    assertThat(finding.get("expected").asText()).isEqualTo("text");
    assertThat(finding.get("actual").isNull()).isTrue();
    assertThat(finding.get("patch").asText()).contains("+", "customer_name");
  }

  @Test
  void aWarningFailsOnlyWhenAskedTo() throws IOException {
    runner.file("orders.yml", ORDERS);
    String url = CheckRunner.postgres("create table orders (id int, customer date, amount int)");

    Result patient = check(url, "--format", "json");
    Result strict = check(url, "--format", "json", "--fail-on", "warning");

    assertThat(patient.json().at("/counts/warning").asInt()).isEqualTo(1);
    assertThat(patient.json().get("success").asBoolean()).isTrue();
    assertThat(patient.status()).isZero();
    assertThat(strict.status()).isEqualTo(1);
    assertThat(strict.json().get("success").asBoolean()).isFalse();
  }

  @Test
  void aTypeThatNobodyKnowsIsUnverifiable() throws IOException {
    runner.file("orders.yml", ORDERS.replace("type: integer", "type: flubber"));

    Result result = check(orders(), "--format", "json");

    assertThat(result.json().at("/counts/unverifiable").asInt()).isEqualTo(1);
    assertThat(result.json().at("/files/0/findings/0/message").asText()).contains("flubber");
    assertThat(result.status()).isEqualTo(1);
  }

  @Test
  void aMissingSchemaIsNotAMissingTable() throws IOException {
    runner
        .file("a.yml", ORDERS.replace("schema: public", "schema: nowhere"))
        .file("b.yml", ORDERS.replace("schema: public\n", ""))
        .file("c.yml", ORDERS);

    JsonNode json = check(orders(), "--format", "json").json();

    assertThat(json.at("/counts/critical").asInt()).isZero();
    assertThat(json.at("/counts/unverifiable").asInt()).isEqualTo(2);
    assertThat(json.at("/files/0/findings/0/message").asText())
        .contains("There is no schema nowhere");
    assertThat(json.at("/files/1/findings/0/message").asText())
        .startsWith("Neither the YAML nor --schema names a schema");
    assertThat(json.at("/files/2/findings")).isEmpty();
  }

  @Test
  void theSchemaOptionIsForYamlThatNamesNone() throws IOException {
    runner.file("a.yml", ORDERS.replace("schema: public\n", "")).file("b.yml", ORDERS);
    String url =
        CheckRunner.postgres(
            "create schema shop",
            "create table shop.orders (id int, customer text, amount int)",
            "create table orders (id int, customer text)");

    JsonNode json = check(url, "--schema", "shop", "--format", "json").json();

    assertThat(json.at("/files/0/findings")).isEmpty();
    assertThat(json.at("/files/1/findings/0/column").asText()).isEqualTo("amount");
  }

  @Test
  void readsDbtFilesWithSeveralTables() throws IOException {
    runner.file(
        "schema.yml",
        """
        models:
          - name: orders
            columns: [{name: id, data_type: integer}]
          - name: gone
            columns: [{name: id, data_type: integer}]
        """);

    JsonNode json = check(orders(), "--schema", "public", "--format", "json").json();

    assertThat(json.at("/files/0/tables")).hasSize(2);
    assertThat(json.at("/files/0/findings")).hasSize(1);
    assertThat(json.at("/files/0/findings/0/type").asText()).isEqualTo("missing_table");
    assertThat(json.at("/files/0/findings/0/table").asText()).isEqualTo("gone");
  }

  @Test
  void aSchemaIsReadOnceForAllFiles() throws Exception {
    for (int i = 0; i < 25; i++) {
      runner.file("orders" + i + ".yml", ORDERS);
    }
    runner.file("other.yml", ORDERS.replace("schema: public", "schema: other"));
    String url =
        CheckRunner.postgres(
            "create table orders (id int, customer text, amount int)",
            "create schema other",
            "create table other.orders (id int, customer text, amount int)");
    int port = Integer.parseInt(url.replaceAll(".*:(\\d+)/.*", "$1"));

    try (WireTap tap = new WireTap(port)) {
      Result result =
          check(url.replace(":" + port + "/", ":" + tap.port() + "/") + "?sslmode=disable");

      assertThat(result.status()).as(result.out() + result.err()).isZero();
      assertThat(result.out()).startsWith("26 files, 26 tables");
      assertThat(tap.sent("join pg_catalog.pg_attribute a")).isEqualTo(2);
      assertThat(tap.sent("select")).isLessThan(10);
    }
  }

  @Test
  void readsADuckDbFile() throws Exception {
    runner.file("orders.yml", ORDERS.replace("schema: public\n", ""));
    String url = "jdbc:duckdb:" + folder.resolve("shop.duckdb");
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute("create table orders (id integer, customer varchar, amount decimal(9,2))");
    }

    Result result = runner.check(url);

    assertThat(result.status()).as(result.out() + result.err()).isZero();
    assertThat(result.out()).startsWith("1 file, 1 table: 0 critical");
  }

  @Test
  void readsMariaDbInTheDatabaseOfTheUrl() throws Exception {
    String url = TestMariaDb.empty();
    try (var connection = DriverManager.getConnection(url, "root", "");
        var statement = connection.createStatement()) {
      statement.execute("create table orders (id int, customer varchar(20), amount decimal(9,2))");
    }
    TestMariaDb.user("checker", "the right one");
    runner.file("orders.yml", ORDERS.replace("schema: public\n", ""));

    runner.environment = Map.of("CARAVAN_SCHEMA_PASSWORD", "the right one");
    Result right = runner.check(url, "--user", "checker");
    runner.environment = Map.of("CARAVAN_SCHEMA_PASSWORD", "the wrong one");
    Result wrong = runner.check(url, "--user", "checker");

    assertThat(right.status()).as(right.out() + right.err()).isZero();
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.out()).isEmpty();
    assertThat(wrong.err())
        .contains("refused the log-in; check --user and CARAVAN_SCHEMA_PASSWORD")
        .doesNotContain("the wrong one", "\tat ");
    assertThat(wrong.err().lines()).hasSize(1);
  }

  @Test
  void oneFileCanBeNamed() throws IOException {
    runner.file("orders.yml", ORDERS).file("other.yml", "name: [");

    Result result =
        runner.run(
            "schema",
            "check",
            "--datasets=" + folder.resolve("orders.yml"),
            "--url=" + orders(),
            "--user=postgres");

    assertThat(result.out()).startsWith("1 file, 1 table:");
    assertThat(result.status()).isZero();
  }

  @Test
  void linksNeitherLoopNorCountTwice() throws IOException {
    runner.file("deep/orders.yml", ORDERS).file(".git/config.yml", "name: [");
    Files.createSymbolicLink(folder.resolve("deep/up"), folder);
    Files.createSymbolicLink(folder.resolve("deep/up.yml"), folder);
    Files.createSymbolicLink(folder.resolve("link.yml"), folder.resolve("deep/orders.yml"));
    Files.createSymbolicLink(folder.resolve("dangling.yml"), folder.resolve("nothing"));

    JsonNode files = check(orders(), "--format", "json").json().get("files");

    assertThat(files.findValuesAsText("file"))
        .isEqualTo(List.of("dangling.yml", "deep/orders.yml", "link.yml"));
    assertThat(files.at("/0/findings/0/message").asText()).contains("link to none");
  }
}
