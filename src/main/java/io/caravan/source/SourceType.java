package io.caravan.source;

/** The nine kinds of database Caravan reads (CONTRACT section 3). The lower-case name is what the API calls it. */
public enum SourceType {
  POSTGRESQL,
  MYSQL,
  MARIADB,
  SQLSERVER,
  REDSHIFT,
  SNOWFLAKE,
  BIGQUERY,
  DATABRICKS,
  DUCKDB
}
