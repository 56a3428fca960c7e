package io.caravan.source;

import static io.caravan.source.Dialect.given;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;

/**
 * Where each vendor keeps its catalogue. Each statement has one parameter, the schema in any case.
 *
 * @param columns columns schema_name, table_name, column_name, native_type (with length, precision
 *     and scale), kind_hint (the type that tells the kind, or {@code enum}), nullable ('YES' or
 *     'NO'), position, usable ('NO' when the user may not read in the schema)
 * @param exists a row with the column usable when there is such a schema; null where a missing
 *     schema is an error of the first statement
 * @param schema the value of the parameter
 */
record CatalogueSql(String columns, String exists, String schema) {
  private static final String POSTGRES_USABLE =
      "case when pg_catalog.has_schema_privilege(oid, 'usage') then 'YES' else 'NO' end";

  private static final String SQLSERVER_TYPE =
      """
      data_type + case
        when character_maximum_length = -1 then '(max)'
        when data_type in ('char', 'varchar', 'nchar', 'nvarchar', 'binary', 'varbinary')
          then '(' + cast(character_maximum_length as varchar(10)) + ')'
        when data_type in ('decimal', 'numeric')
          then '(' + cast(numeric_precision as varchar(10)) + ',' + cast(numeric_scale as varchar(10)) + ')'
        when data_type in ('datetime2', 'datetimeoffset', 'time')
          then '(' + cast(datetime_precision as varchar(10)) + ')'
        else '' end\
      """;

  /** A text that was given no length has the longest one, which says nothing. */
  private static final String SNOWFLAKE_TYPE =
      """
      data_type || case
        when data_type = 'TEXT' and character_maximum_length < 16777216 then '(' || character_maximum_length || ')'
        when data_type = 'NUMBER' then '(' || numeric_precision || ',' || numeric_scale || ')'
        else '' end\
      """;

  private static final String REDSHIFT_SIZE =
      """
      || case
       when data_type in ('character', 'character varying') then '(' || character_maximum_length || ')'
       when data_type = 'numeric' then '(' || numeric_precision || ',' || numeric_scale || ')'
       else '' end\
      """;

  /**
   * @throws Failure of kind configuration when this vendor needs a part that is missing
   */
  static CatalogueSql of(SourceType type, String database, String schema) {
    Dialect dialect = Dialect.of(type);
    return switch (type) {
      case POSTGRESQL -> postgres(required(schema, type));
      case MYSQL, MARIADB -> {
        String owner = given(schema) && !schema.equals("def") ? schema : database;
        yield standard("information_schema.", "column_type", null, required(owner, type));
      }
      case SQLSERVER ->
          standard(
              prefix(dialect, database) + "information_schema.",
              SQLSERVER_TYPE,
              null,
              required(schema, type));
      case SNOWFLAKE ->
          standard(
              prefix(dialect, database) + "information_schema.",
              SNOWFLAKE_TYPE,
              null,
              required(schema, type));
      case DATABRICKS ->
          standard(
              prefix(dialect, database) + "information_schema.",
              "full_data_type",
              null,
              required(schema, type));
      case BIGQUERY -> {
        String in =
            prefix(dialect, database)
                + dialect.quote(required(schema, type))
                + ".INFORMATION_SCHEMA.";
        yield new CatalogueSql(standard(in, "data_type", null, schema).columns(), null, schema);
      }
      case DUCKDB ->
          standard(
              "information_schema.",
              "data_type",
              given(database) ? database : null,
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

  /**
   * The information schema, which is the same in its main columns with six vendors.
   *
   * @param catalogue only what is in this one; null when {@code in} says enough
   */
  private static CatalogueSql standard(
      String in, String typeColumn, String catalogue, String schema) {
    String columns =
        """
        select table_schema as schema_name, table_name as table_name, column_name as column_name,
               %1$s as native_type, %2$s as kind_hint, is_nullable as nullable, ordinal_position as position,
               'YES' as usable
          from %3$scolumns
         where lower(table_schema) = lower(?)%4$s
         order by 1, 2, 7
        """;
    String exists = "select 'YES' as usable from %sschemata where lower(schema_name) = lower(?)%s";
    String hint = typeColumn.contains(" ") ? "data_type" : typeColumn;
    return new CatalogueSql(
        columns.formatted(typeColumn, hint, in, within("table_catalog", catalogue)),
        exists.formatted(in, within("catalog_name", catalogue)),
        schema);
  }

  private static String within(String column, String catalogue) {
    return catalogue == null
        ? ""
        : " and lower(%s) = lower('%s')".formatted(column, catalogue.replace("'", "''"));
  }

  private static CatalogueSql redshift(String database, String schema) {
    String where = given(database) ? "'" + database.replace("'", "''") + "'" : "current_database()";
    return new CatalogueSql(
        """
        select schema_name, table_name, column_name, data_type%s as native_type, data_type as kind_hint,
               is_nullable as nullable, ordinal_position as position, 'YES' as usable
          from svv_all_columns
         where database_name = %s and lower(schema_name) = lower(?)
         order by 1, 2, 7
        """
            .formatted(REDSHIFT_SIZE, where),
        "select 'YES' as usable from svv_all_schemas where database_name = %s and lower(schema_name) = lower(?)"
            .formatted(where),
        schema);
  }

  /**
   * Not the information schema: it hides materialised views, foreign columns of other owners, and
   * says USER-DEFINED for every enum.
   */
  private static CatalogueSql postgres(String schema) {
    return new CatalogueSql(
        """
        select n.nspname as schema_name, c.relname as table_name, a.attname as column_name,
               pg_catalog.format_type(a.atttypid, a.atttypmod) as native_type,
               case when b.typtype = 'e' then 'enum'
                    when e.typtype = 'e' then 'enum[]'
                    else pg_catalog.format_type(b.oid, null) end as kind_hint,
               case when a.attnotnull then 'NO' else 'YES' end as nullable,
               a.attnum as position,
               n.usable
          from (select oid, nspname, %s as usable from pg_catalog.pg_namespace where lower(nspname) = lower(?)) n
          join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relkind in ('r', 'p', 'v', 'm', 'f')
          join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
          join pg_catalog.pg_type t on t.oid = a.atttypid
          join pg_catalog.pg_type b on b.oid = case when t.typtype = 'd' then t.typbasetype else t.oid end
          left join pg_catalog.pg_type e on e.oid = b.typelem and b.typcategory = 'A'
         order by 1, 2, 7
        """
            .formatted(POSTGRES_USABLE),
        "select %s as usable from pg_catalog.pg_namespace where lower(nspname) = lower(?)"
            .formatted(POSTGRES_USABLE),
        schema);
  }
}
