package io.caravan.sandbox;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/**
 * The DuckDB warehouse: Velohaven hires out bicycles. It is filled under another name and moved as
 * the last step; a file beside it tells which edition it is.
 */
final class Velohaven {
  static final String DATABASE = "velohaven";

  private static final Script TRIPS = new Script("velohaven/fill_trips.sql");

  private final Path file;
  private final Path unfinished;
  private final Path editionFile;
  private final String edition = Script.editionOf(TRIPS);

  Velohaven(Path directory) {
    Path folder = directory.toAbsolutePath().normalize();
    file = folder.resolve(DATABASE + ".duckdb");
    unfinished = folder.resolve(DATABASE + ".unfinished");
    editionFile = folder.resolve(DATABASE + ".edition");
  }

  String url() {
    return "jdbc:duckdb:" + file;
  }

  /**
   * Makes the file unless it is there.
   *
   * @return whether it had to be made
   * @throws Failure kind CONFIGURATION when the folder cannot be written
   */
  boolean prepare() {
    try {
      if (Files.exists(file)
          && Files.exists(editionFile)
          && Files.readString(editionFile).equals(edition)) {
        return false;
      }
      Files.createDirectories(file.getParent());
      Files.deleteIfExists(unfinished);
      Files.deleteIfExists(unfinished.resolveSibling(unfinished.getFileName() + ".wal"));
      fill();
      // In this order a crash at any point leaves no file that claims an edition it is not.
      Files.deleteIfExists(file);
      Files.writeString(editionFile, edition);
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      return true;
    } catch (IOException e) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "The sample file %s cannot be written. Check that the folder is yours and the disk has room."
              .formatted(file),
          e);
    }
  }

  private void fill() {
    Properties bounds = new Properties();
    bounds.setProperty("memory_limit", "512MB");
    bounds.setProperty("threads", "2");
    try (var connection = DriverManager.getConnection("jdbc:duckdb:" + unfinished, bounds);
        var statement = connection.createStatement()) {
      statement.setQueryTimeout(60);
      statement.execute(TRIPS.text());
    } catch (SQLException e) {
      throw new Failure(
          FailureKind.INTERNAL, "The sample file %s could not be made.".formatted(file), e);
    }
  }
}
