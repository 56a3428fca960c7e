package io.caravan.source;

import static io.caravan.source.Dialect.given;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;

/**
 * Where each vendor keeps its catalogue.
 *
 * @param tables columns schema_name, table_name, table_kind; one parameter, the schema in any case
 * @param columns columns schema_name, table_name, column_name, native_type, kind_hint (the type
 *     that tells the kind, or {@code enum}), nullable ('YES' or 'NO'), position; parameters: the
 *     schema, then the table in any case or null for all
 * @param schema the value of the schema parameter
 */
record CatalogueSql(String tables, String columns, String schema) {

  /**
   * @throws Failure of kind configuration when this vendor needs a part that is missing
   */
  static CatalogueSql of(SourceType type, String database, String schema) {
    Dialect dialect = Dialect.of(type);
    return switch (type) {
      case POSTGRESQL -> postgres(required(schema, type));
      case MYSQL, MARIADB -> {
        String owner = given(schema) && !schema.equals("def") ? schema : database;
        yield standard("information_schema.", "column_type", "", required(owner, type));
      }
      case SQLSERVER, SNOWFLAKE ->
          standard(
              prefix(dialect, database) + "information_schema.",
              "data_type",
              "",
              required(schema, type));
      case DATABRICKS ->
          standard(
              prefix(dialect, database) + "information_schema.",
              "full_data_type",
              "",
              required(schema, type));
      case BIGQUERY ->
          standard(
              prefix(dialect, database)
                  + dialect.quote(required(schema, type))
                  + ".INFORMATION_SCHEMA.",
              "data_type",
              "",
              schema);
      case DUCKDB ->
          standard(
              "information_schema.",
              "data_type",
              given(database)
                  ? " and lower(table_catalog) = lower('" + database.replace("'", "''") + "')"
                  : "",
              given(schema) ? schema : "main");
      case REDSHIFT -> redshift(database, required(schema, type));
    };
  }

  private static String required(String name, SourceType type) {
    if (!given(name)) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "The schema is missing: " + type.apiName() + " needs it to find a table.");
    }
    return name;
  }

  private static String prefix(Dialect dialect, String database) {
    return given(database) ? dialect.quote(database) + "." : "";
  }

  /** The information schema, which is the same in its main columns with six vendors. */
  private static CatalogueSql standard(String in, String typeColumn, String also, String schema) {
    String tables =
        """
        select table_schema as schema_name, table_name as table_name, table_type as table_kind
          from %stables
         where lower(table_schema) = lower(?)%s
         order by 1, 2
        """;
    String columns =
        """
        select table_schema as schema_name, table_name as table_name, column_name as column_name,
               %1$s as native_type, %1$s as kind_hint, is_nullable as nullable, ordinal_position as position
          from %2$scolumns
         where lower(table_schema) = lower(?) and lower(table_name) = lower(coalesce(?, table_name))%3$s
         order by 1, 2, 7
        """;
    return new CatalogueSql(
        tables.formatted(in, also), columns.formatted(typeColumn, in, also), schema);
  }

  private static CatalogueSql redshift(String database, String schema) {
    String where = given(database) ? "'" + database.replace("'", "''") + "'" : "current_database()";
    return new CatalogueSql(
        """
        select schema_name, table_name, table_type as table_kind
          from svv_all_tables
         where database_name = %s and lower(schema_name) = lower(?)
         order by 1, 2
        """
            .formatted(where),
        """
        select schema_name, table_name, column_name, data_type as native_type, data_type as kind_hint,
               is_nullable as nullable, ordinal_position as position
          from svv_all_columns
         where database_name = %s and lower(schema_name) = lower(?) and lower(table_name) = lower(coalesce(?, table_name))
         order by 1, 2, 7
        """
            .formatted(where),
        schema);
  }

  /**
   * Not the information schema: it hides materialised views and says USER-DEFINED for every enum.
   */
  private static CatalogueSql postgres(String schema) {
    return new CatalogueSql(
        """
        select n.nspname as schema_name, c.relname as table_name,
               case when c.relkind in ('v', 'm') then 'VIEW' else 'TABLE' end as table_kind
          from pg_catalog.pg_class c
          join pg_catalog.pg_namespace n on n.oid = c.relnamespace
         where c.relkind in ('r', 'p', 'v', 'm', 'f') and lower(n.nspname) = lower(?)
         order by 1, 2
        """,
        """
        select n.nspname as schema_name, c.relname as table_name, a.attname as column_name,
               pg_catalog.format_type(a.atttypid, a.atttypmod) as native_type,
               case when b.typtype = 'e' then 'enum'
                    when e.typtype = 'e' then 'enum[]'
                    else pg_catalog.format_type(b.oid, null) end as kind_hint,
               case when a.attnotnull then 'NO' else 'YES' end as nullable,
               a.attnum as position
          from pg_catalog.pg_class c
          join pg_catalog.pg_namespace n on n.oid = c.relnamespace
          join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
          join pg_catalog.pg_type t on t.oid = a.atttypid
          join pg_catalog.pg_type b on b.oid = case when t.typtype = 'd' then t.typbasetype else t.oid end
          left join pg_catalog.pg_type e on e.oid = b.typelem and b.typcategory = 'A'
         where c.relkind in ('r', 'p', 'v', 'm', 'f')
           and lower(n.nspname) = lower(?) and lower(c.relname) = lower(coalesce(?, c.relname))
         order by 1, 2, 7
        """,
        schema);
  }
}
