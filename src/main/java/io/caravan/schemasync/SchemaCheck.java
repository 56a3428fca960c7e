package io.caravan.schemasync;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.failure.InvalidInputException;
import io.caravan.source.DatasetDefinition;
import io.caravan.source.DatasetTable;
import io.caravan.source.LiveSchema;
import io.caravan.source.SourceType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares datasets in files with a live database, without organisations, incidents or messages.
 * Each schema is read once, however many files describe its tables. For one thread.
 */
public final class SchemaCheck {
  private final SourceType type;
  private final LiveSchemas live;
  private final String database;
  private final String schema;
  private final Map<Place, Reading> readings = new HashMap<>();
  private Failure unreachable;

  /** Reads a schema of the live database. */
  @FunctionalInterface
  public interface LiveSchemas {
    /**
     * @throws Failure why it cannot be read
     */
    LiveSchema read(String database, String schema);
  }

  private record Place(String database, String schema) {}

  /**
   * @param failure why it could not be read; null when it could
   */
  private record Reading(LiveSchema schema, Failure failure) {}

  /**
   * @param database wins over the one of the YAML; null for the connection's own
   * @param schema of tables whose YAML names none; null for none
   */
  public SchemaCheck(SourceType type, LiveSchemas live, String database, String schema) {
    this.type = type;
    this.live = live;
    this.database = database;
    this.schema = schema;
  }

  /**
   * Compares one file.
   *
   * @param file its path, for the result
   * @return never throws because of what the file says or the database does
   */
  public CheckedFile check(String file, String yml) {
    try {
      List<DatasetTable> tables = DatasetDefinition.parse(yml).tables();
      if (tables.isEmpty() || tables.stream().anyMatch(table -> blank(table.name()))) {
        throw new InvalidInputException(
            "This is no dataset: it needs name, the table, at its top, or a list of models or"
                + " sources.");
      }
      List<CheckedTable> checked = new ArrayList<>();
      for (DatasetTable table : tables) {
        checked.add(new CheckedTable(table.name(), findings(file, yml, table)));
      }
      return new CheckedFile(file, checked, null);
    } catch (InvalidInputException e) {
      return CheckedFile.unreadable(file, e.getMessage());
    } catch (RuntimeException e) {
      // A defect of ours must not hide what is wrong in the other files.
      return CheckedFile.unreadable(file, "The file could not be checked, Caravan failed: " + e);
    }
  }

  private List<FileFinding> findings(String file, String yml, DatasetTable table) {
    Reading reading = readings.computeIfAbsent(place(table), this::read);
    if (reading.failure() != null) {
      return List.of(FileFinding.unverifiable(table.name(), null, reading.failure().getMessage()));
    }
    TableToCheck checked = new TableToCheck(null, file, null, type, table, yml);
    return TableComparison.compare(checked, reading.schema(), false).stream()
        .map(FileFinding::of)
        .toList();
  }

  private Reading read(Place place) {
    if (unreachable != null) {
      return new Reading(null, unreachable);
    }
    try {
      return new Reading(live.read(place.database(), place.schema()), null);
    } catch (Failure e) {
      if (e.kind() == FailureKind.TRANSIENT) {
        unreachable = e;
      }
      return new Reading(null, e);
    }
  }

  private Place place(DatasetTable table) {
    String in = blank(table.schema()) ? schema : table.schema();
    return switch (type) {
      // A pull request is checked against a copy, which is seldom called as the original.
      case POSTGRESQL, REDSHIFT, DUCKDB -> new Place(database, in);
      case MYSQL, MARIADB -> blank(database) ? new Place(null, in) : new Place(database, null);
      case SQLSERVER, SNOWFLAKE, BIGQUERY, DATABRICKS ->
          new Place(blank(database) ? table.database() : database, in);
    };
  }

  private static boolean blank(String name) {
    return name == null || name.isBlank();
  }
}
