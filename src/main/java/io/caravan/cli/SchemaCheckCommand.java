package io.caravan.cli;

import io.caravan.failure.Failure;
import io.caravan.failure.InvalidInputException;
import io.caravan.schemasync.CheckedFile;
import io.caravan.schemasync.SchemaCheck;
import io.caravan.source.LiveSchema;
import io.caravan.source.SourceType;
import io.caravan.source.UnregisteredSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Needs neither Spring nor a database of Caravan's, so that a pull request is checked in seconds.
 */
@Command(
    name = "check",
    description = "Compares YAML dataset files with a live database, for pull requests.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Exit status: 0 nothing that fails the check; 1 drift from --fail-on",
      "on, or something that could not be verified; 2 wrong usage, or no",
      "connection."
    })
final class SchemaCheckCommand implements Callable<Integer> {
  static final String PASSWORD = "CARAVAN_SCHEMA_PASSWORD";

  @Option(
      names = "--datasets",
      required = true,
      paramLabel = "DIR",
      description =
          "folder with *.yml and *.yaml files, also in folders below it (not in .hidden ones), or"
              + " one file")
  private Path datasets;

  @Option(
      names = "--url",
      required = true,
      paramLabel = "JDBC_URL",
      description = "the database, for example jdbc:postgresql://localhost:5432/shop")
  private String url;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      converter = UrlType.class,
      description = "what kind of database it is, when the URL does not tell")
  private SourceType type;

  @Option(
      names = "--user",
      paramLabel = "NAME",
      description = "user; the password is read from the environment variable " + PASSWORD)
  private String user;

  @Option(
      names = "--schema",
      paramLabel = "NAME",
      description = "schema of tables whose YAML names none")
  private String schema;

  @Option(
      names = "--database",
      paramLabel = "NAME",
      description =
          "database of all tables (default: the connection's own). The YAML's database is ignored,"
              + " since a pull request is checked against a copy; only sqlserver, snowflake,"
              + " bigquery and databricks use it when this is absent. With mysql and mariadb, where"
              + " a schema is a database, this also wins over the YAML's schema")
  private String database;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
  private ReportFormat format;

  @Option(
      names = "--fail-on",
      paramLabel = "SEVERITY",
      defaultValue = "critical",
      description =
          "exit with 1 from this severity on: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
  private FailOn failOn;

  @Option(
      names = "--drivers",
      paramLabel = "DIR",
      defaultValue = "drivers",
      description = "folder with JDBC drivers that are not bundled (default: ${DEFAULT-VALUE})")
  private Path drivers;

  @Spec private CommandSpec spec;

  private final Map<String, String> environment;

  SchemaCheckCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Arguments are seen by everybody on the machine; so it is refused without being repeated. */
  @Option(names = "--password", hidden = true, arity = "0..1")
  void refusePassword(String password) {
    throw new ParameterException(
        spec.commandLine(),
        "A password is never an argument; put it into the environment variable " + PASSWORD + ".");
  }

  @Override
  public Integer call() throws Exception {
    CommandLog.toStandardError();
    List<DatasetFiles.DatasetFile> files = DatasetFiles.find(datasets);
    SourceType kind = type == null ? UrlType.of(url) : type;
    try (UnregisteredSource source = connect(kind)) {
      SchemaCheck check = new SchemaCheck(kind, (in, of) -> read(source, in, of), database, schema);
      SchemaReport report =
          new SchemaReport(files.stream().map(file -> checked(check, file)).toList(), failOn);
      format.write(report, spec.commandLine().getOut());
      return report.success() ? 0 : CaravanCommand.FAILED;
    }
  }

  /** Without a connection there is nothing to report: that is a wrong option. */
  private UnregisteredSource connect(SourceType kind) {
    try {
      return UnregisteredSource.open(kind, url, user, environment.get(PASSWORD), drivers);
    } catch (Failure | InvalidInputException e) {
      throw new InvalidInputException(asOptions(e.getMessage()));
    }
  }

  private static LiveSchema read(UnregisteredSource source, String database, String schema) {
    try {
      return source.schema(database, schema);
    } catch (Failure e) {
      throw new Failure(e.kind(), asOptions(e.getMessage()), e);
    }
  }

  private static CheckedFile checked(SchemaCheck check, DatasetFiles.DatasetFile file) {
    try {
      return check.check(file.name(), file.read());
    } catch (InvalidInputException e) {
      return CheckedFile.unreadable(file.name(), e.getMessage());
    }
  }

  /** What is read in a database speaks of a data source's fields, and of tries that follow. */
  private static String asOptions(String message) {
    return message
        .replace("jdbcUrl of a data source of type", "--url for type")
        .replace("jdbcUrl", "--url")
        .replace("databaseName", "--database")
        .replace("check username and password", "check --user and " + PASSWORD)
        .replace("put them into username and password", "put them into --user and " + PASSWORD)
        .replace("put its value into username", "put its value into --user")
        .replace("put its value into password", "put its value into " + PASSWORD)
        .replace("The schema is missing:", "Neither the YAML nor --schema names a schema:")
        .replace("; it will be tried again", "; try again")
        .replace(" if this lasts", "");
  }
}
