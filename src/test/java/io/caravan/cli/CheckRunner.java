package io.caravan.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.TestDatabase;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.postgresql.ds.PGSimpleDataSource;

/** Runs {@code schema check} over a folder as the shell would, with its streams caught. */
final class CheckRunner {
  static final ObjectMapper JSON = new ObjectMapper();

  final Path folder;
  Map<String, String> environment = Map.of();

  CheckRunner(Path folder) {
    this.folder = folder;
  }

  record Result(int status, String out, String err) {
    JsonNode json() {
      try {
        return JSON.readTree(out);
      } catch (IOException e) {
        throw new AssertionError(out + err, e);
      }
    }
  }

  CheckRunner file(String name, String yml) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, yml);
    return this;
  }

  /** With {@code --datasets} and {@code --url}. */
  Result check(String url, String... options) {
    List<String> words =
        new ArrayList<>(List.of("schema", "check", "--datasets", folder.toString(), "--url", url));
    words.addAll(List.of(options));
    return run(words.toArray(String[]::new));
  }

  Result run(String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        CaravanCommand.execute(
                CheckRunner.class,
                words,
                environment,
                new PrintWriter(out, true),
                new PrintWriter(err, true))
            .orElseThrow();
    return new Result(status, out.toString(), err.toString());
  }

  /** The URL of a new PostgreSQL database with these tables, for user postgres. */
  static String postgres(String... statements) {
    PGSimpleDataSource source = TestDatabase.empty();
    try (var connection = source.getConnection();
        var statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return "jdbc:postgresql://localhost:%d/%s"
        .formatted(source.getPortNumbers()[0], source.getDatabaseName());
  }
}
