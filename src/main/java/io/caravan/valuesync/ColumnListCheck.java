package io.caravan.valuesync;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.caravan.failure.InvalidInputException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Refuses a list of searchable columns that cannot be meant (SV-18). Messages name the entry,
 * counted from 1.
 */
final class ColumnListCheck {
  private static final int MOST_COLUMNS = 20_000;
  private static final int LONGEST_NAME = 255;
  // What one entry of a PostgreSQL index can hold, less the rest of the key.
  private static final int LONGEST_FULL_NAME_BYTES = 2_500;
  private static final int MOST_VALUES = 1_000_000;

  private ColumnListCheck() {}

  static void check(List<SearchableColumn> columns) {
    if (columns == null) {
      throw new InvalidInputException("The list of searchable columns is missing");
    }
    if (columns.size() > MOST_COLUMNS) {
      throw new InvalidInputException(
          "The list has " + columns.size() + " columns; one data source can have " + MOST_COLUMNS);
    }
    Set<List<String>> seen = new HashSet<>();
    for (int i = 0; i < columns.size(); i++) {
      SearchableColumn column = columns.get(i);
      String entry = "Entry " + (i + 1);
      if (column == null) {
        throw new InvalidInputException(entry + " is null");
      }
      checkNames(entry, column);
      if (!seen.add(
          List.of(
              column.databaseName(),
              column.schemaName(),
              column.tableName(),
              column.columnName()))) {
        throw new InvalidInputException(entry + " names " + column.name() + " a second time");
      }
    }
  }

  private static void checkNames(String entry, SearchableColumn column) {
    checkName(entry, "databaseName", column.databaseName());
    checkName(entry, "schemaName", column.schemaName());
    checkName(entry, "tableName", column.tableName());
    checkName(entry, "columnName", column.columnName());
    if (column.columnType() != null) {
      checkName(entry, "columnType", column.columnType());
    }
    if (column.name().getBytes(UTF_8).length > LONGEST_FULL_NAME_BYTES) {
      throw new InvalidInputException(
          entry + ": the four names together have more than " + LONGEST_FULL_NAME_BYTES + " bytes");
    }
    int maxValues = column.maxValuesOrDefault();
    if (maxValues < 1 || maxValues > MOST_VALUES) {
      throw new InvalidInputException(
          entry
              + " ("
              + column.name()
              + "): maxValues is "
              + maxValues
              + "; it has to be between 1 and "
              + MOST_VALUES);
    }
  }

  private static void checkName(String entry, String field, String name) {
    if (name == null || name.isBlank()) {
      throw new InvalidInputException(entry + ": " + field + " is missing or blank");
    }
    if (name.length() > LONGEST_NAME) {
      throw new InvalidInputException(
          entry
              + ": "
              + field
              + " has "
              + name.length()
              + " characters; at most "
              + LONGEST_NAME
              + " are allowed");
    }
    if (name.chars().anyMatch(Character::isISOControl)) {
      throw new InvalidInputException(entry + ": " + field + " holds a control character");
    }
  }
}
