package io.caravan.source;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.caravan.failure.InvalidInputException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The nine kinds of database Caravan reads (CONTRACT section 3). The lower-case name is what the
 * API calls it.
 */
public enum SourceType {
  POSTGRESQL,
  MYSQL,
  MARIADB,
  SQLSERVER,
  REDSHIFT,
  SNOWFLAKE,
  BIGQUERY,
  DATABRICKS,
  DUCKDB;

  /** The name in JSON and in tables. */
  @JsonValue
  public String apiName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The type by its name in JSON.
   *
   * @throws InvalidInputException naming all types there are
   */
  @JsonCreator
  public static SourceType ofApiName(String apiName) {
    return Arrays.stream(values())
        .filter(type -> type.apiName().equals(apiName))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "type must be one of "
                        + Arrays.stream(values())
                            .map(SourceType::apiName)
                            .collect(Collectors.joining(", "))
                        + "."));
  }
}
