package io.caravan.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.cli.CheckRunner.Result;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be checked is named with its reason, and everything else is checked. */
class SchemaCheckBadInputTest {
  private static final String ORDERS = "name: orders\nschema: public\ndimensions: [{name: id}]\n";

  @TempDir private Path folder;
  private CheckRunner runner;

  @BeforeEach
  void runner() {
    runner = new CheckRunner(folder);
  }

  /** A database with nothing but the table orders. */
  private static String url() {
    return CheckRunner.postgres("create table orders (id int)");
  }

  private JsonNode files() {
    Result result = runner.check(url(), "--user", "postgres", "--format", "json");
    assertThat(result.status()).as(result.out() + result.err()).isEqualTo(1);
    return result.json().get("files");
  }

  private static void isWrongUsage(Result result, String... words) {
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains(words).doesNotContain("Exception", "\tat ");
  }

  @Test
  void everyBrokenFileIsUnverifiableAndTheOthersAreChecked() throws IOException {
    String names = "name: orders\nschema: public\ndimensions:\n";
    runner
        .file("good.yml", ORDERS)
        .file("empty.yml", "")
        .file("noyaml.yml", "name: 'orders\n")
        .file("duplicate.yml", names + "  - {name: id}\n  - {name: id}\n")
        .file("notable.yml", "dimensions: [{name: id}]\n")
        .file("list.yml", "- name: orders\n")
        .file("bomb.yml", bomb());
    Files.write(folder.resolve("latin.yml"), "name: örders".getBytes(ISO_8859_1));
    try (RandomAccessFile large =
        new RandomAccessFile(folder.resolve("large.yml").toFile(), "rw")) {
      large.setLength(50L * 1024 * 1024);
    }

    JsonNode files = files();

    assertThat(files).hasSize(9);
    for (JsonNode file : files) {
      if (file.get("file").asText().equals("good.yml")) {
        assertThat(file.get("findings")).isEmpty();
      } else {
        assertThat(file.get("findings")).as(file.toString()).hasSize(1);
        assertThat(file.at("/findings/0/severity").asText()).isEqualTo("unverifiable");
      }
    }
    assertThat(message(files, "duplicate.yml")).contains("id", "line 4 already");
    assertThat(message(files, "notable.yml")).contains("This is no dataset");
    assertThat(message(files, "latin.yml")).contains("UTF-8");
    assertThat(message(files, "large.yml")).contains("too large", "1000000");
    assertThat(message(files, "bomb.yml")).contains("aliases");
  }

  private static String message(JsonNode files, String name) {
    for (JsonNode file : files) {
      if (file.get("file").asText().equals(name)) {
        return file.at("/findings/0/message").asText();
      }
    }
    throw new AssertionError(files.toString());
  }

  private static String bomb() {
    StringBuilder yml = new StringBuilder("a0: &a0 [x]\n");
    for (int i = 1; i < 60; i++) {
      yml.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    return yml.append("name: orders\n").toString();
  }

  @Test
  void aSchemaWithoutPermissionIsUnverifiableAndTheOthersAreChecked() throws IOException {
    runner.file("a.yml", ORDERS).file("b.yml", ORDERS.replace("schema: public", "schema: payroll"));
    String url =
        CheckRunner.postgres(
            "create table orders (id int)",
            "create schema payroll",
            "create table payroll.orders (id int)",
            "create role schema_check_guest login");

    Result result = runner.check(url, "--user", "schema_check_guest", "--format", "json");

    assertThat(result.status()).isEqualTo(1);
    JsonNode files = result.json().get("files");
    assertThat(files.at("/0/findings")).isEmpty();
    assertThat(files.at("/1/findings/0/severity").asText()).isEqualTo("unverifiable");
    assertThat(files.at("/1/findings/0/message").asText())
        .isEqualTo("The user may not use the schema payroll; grant it usage.");
  }

  @Test
  void aFolderThatIsNotThereIsWrongUsage() {
    isWrongUsage(
        runner.run("schema", "check", "--datasets", "/no/such/folder", "--url", "jdbc:duckdb:x"),
        "there is no folder or file /no/such/folder");
  }

  @Test
  void aFolderWithoutDatasetsIsWrongUsage() throws IOException {
    runner.file("readme.md", "none");

    isWrongUsage(runner.check("jdbc:duckdb:x"), "no *.yml or *.yaml file");
  }

  @Test
  void tooManyFilesAreWrongUsage() throws IOException {
    for (int i = 0; i <= 10_000; i++) {
      Files.createFile(folder.resolve(i + ".yml"));
    }

    isWrongUsage(runner.check("jdbc:duckdb:x"), "more than 10000 YAML files");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgres://localhost/shop",
        "jdbc:oracle:thin:@localhost",
        "jdbc:postgresql:",
        "jdbc:postgresql://user:hunter2@localhost/shop",
        "jdbc:postgresql://localhost/shop?password=hunter2",
        "jdbc:postgresql://localhost/shop?socketFactory=hunter2",
        "jdbc:spark://localhost",
        "hunter2"
      })
  void aUrlThatCannotBeUsedIsWrongUsageAndNotRepeated(String url) throws IOException {
    runner.file("orders.yml", ORDERS);

    Result result = runner.check(url);

    isWrongUsage(result, "--url ", " must ");
    assertThat(result.err()).doesNotContain("hunter2", "jdbcUrl");
  }

  @Test
  void aDatabaseThatDoesNotAnswerIsToldInOneSentence() throws IOException {
    runner.file("orders.yml", ORDERS);
    runner.environment = Map.of("CARAVAN_SCHEMA_PASSWORD", "hunter2");
    int closed;
    try (ServerSocket socket = new ServerSocket(0)) {
      closed = socket.getLocalPort();
    }

    Result result = runner.check("jdbc:postgresql://localhost:" + closed + "/shop");

    isWrongUsage(result, "localhost:" + closed, "nothing answers at this host and port");
    assertThat(result.err()).doesNotContain("hunter2").doesNotContain("jdbcUrl");
    assertThat(result.err().lines()).hasSize(1);
  }

  @Test
  void aDuckDbFileThatIsNotThereIsNotMade() throws IOException {
    runner.file("orders.yml", ORDERS);

    isWrongUsage(
        runner.check("jdbc:duckdb:" + folder.resolve("none.duckdb")),
        "the file cannot be opened read-only");
    assertThat(folder.resolve("none.duckdb")).doesNotExist();
  }

  @Test
  void aDriverThatIsMissingIsNamed() throws IOException {
    runner.file("orders.yml", ORDERS);

    isWrongUsage(
        runner.check(
            "jdbc:snowflake://acme.snowflakecomputing.com", "--drivers", folder.toString()),
        "There is no JDBC driver for snowflake",
        folder.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "--format, xml, text",
    "--fail-on, info, warning",
    "--type, oracle, type must be one of postgresql",
    "--colour, red, Unknown option",
    "--password, hunter2, never an argument"
  })
  void anOptionThatIsNotKnownIsWrongUsage(String option, String value, String words)
      throws IOException {
    runner.file("orders.yml", ORDERS);

    Result result = runner.check("jdbc:duckdb:x", option, value);

    isWrongUsage(result, words);
    assertThat(result.err()).doesNotContain("hunter2");
  }

  @Test
  void withoutWordsTheUsageIsShown() {
    isWrongUsage(runner.run("schema"), "Usage: caravan schema", "check");
    isWrongUsage(runner.run("schema", "check"), "Usage: caravan schema check", "--datasets");
  }

  @Test
  void theHelpSaysWhatHappensToTheYamlsDatabase() {
    Result help = runner.run("schema", "check", "--help");

    assertThat(help.status()).isZero();
    assertThat(help.out())
        .contains("CARAVAN_SCHEMA_PASSWORD", "YAML's database is", "text, json, sarif, junit")
        .doesNotContain("--password");
  }
}
