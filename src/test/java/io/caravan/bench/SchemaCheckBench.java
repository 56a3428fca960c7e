package io.caravan.bench;

import io.caravan.run.Run;
import io.caravan.run.RunRequest;
import io.caravan.run.RunStatus;
import io.caravan.source.DataSources;
import io.caravan.source.Datasets;
import io.caravan.source.Organizations;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Whole runs of schemasync: many tables in four schemas, and many organisations far away. See
 * bench/README.md.
 */
public final class SchemaCheckBench {
  private static final int ROUNDS = 5;
  private static final int SCHEMAS = 4;
  private static final int COLUMNS = 20;
  private static final Duration ONE_WAY = Duration.ofMillis(50);
  private static final List<String> TYPES =
      List.of(
          "bigint",
          "integer",
          "numeric(12,2)",
          "double precision",
          "boolean",
          "date",
          "timestamp with time zone",
          "timestamp without time zone",
          "character varying(80)",
          "text");

  private final EmbeddedPostgres server;
  private final Connection source;

  private SchemaCheckBench(EmbeddedPostgres server, Connection source) {
    this.server = server;
    this.source = source;
  }

  public static void main(String[] arguments) throws Exception {
    int tables = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000;
    int organizations = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 500;
    try (EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setServerConfig("shared_buffers", "1GB")
            .setServerConfig("max_connections", "300")
            .setServerConfig("max_locks_per_transaction", "1024")
            .setServerConfig("fsync", "off")
            .start()) {
      try (Connection admin = server.getPostgresDatabase().getConnection()) {
        for (String name : List.of("source", "caravan_1", "caravan_3", "caravan_10", "far")) {
          execute(admin, "create database " + name);
        }
      }
      try (Connection source = server.getDatabase("postgres", "source").getConnection()) {
        SchemaCheckBench bench = new SchemaCheckBench(server, source);
        Verdict.head("ms");
        if (tables > 0) {
          bench.growth(tables);
        }
        if (organizations > 0) {
          bench.farAway(organizations);
        }
      }
    }
    // Threads of the application's libraries may outlive it.
    System.exit(0);
  }

  private void growth(int tables) throws Exception {
    double[] sizes = new double[3];
    double[] times = new double[3];
    int[] factors = {1, 3, 10};
    for (int i = 0; i < factors.length; i++) {
      int size = tables * factors[i];
      createTables(factors[i], size);
      sizes[i] = size;
      times[i] = wholeRun(factors[i], size, factors[i] == 1);
    }
    System.out.printf(
        "whole run at n, 3n, 10n tables and datasets: %.0f, %.0f, %.0f ms, slope %.2f%n",
        times[0], times[1], times[2], Ratio.slope(sizes, times));
  }

  private void createTables(int factor, int tables) throws SQLException {
    String columns =
        IntStream.range(0, COLUMNS)
            .mapToObj(i -> "column_%02d %s".formatted(i, TYPES.get(i % TYPES.size())))
            .collect(Collectors.joining(", "));
    for (int schema = 0; schema < SCHEMAS; schema++) {
      execute(source, "create schema " + schema(factor, schema));
    }
    for (int table = 0; table < tables; table++) {
      execute(
          source,
          "create table %s.table_%05d (%s)"
              .formatted(schema(factor, table % SCHEMAS), table, columns));
    }
    execute(source, "analyze pg_catalog.pg_class");
    execute(source, "analyze pg_catalog.pg_attribute");
  }

  private static String schema(int factor, int schema) {
    return "s%d_%d".formatted(factor, schema);
  }

  /** One dataset for every fifth table. */
  private double wholeRun(int factor, int tables, boolean judged) throws Exception {
    try (WholeCaravan caravan = caravan("caravan_" + factor, 10)) {
      UUID dataSource = dataSource(caravan, "Many tables", server.getPort());
      int datasets = tables / 5;
      for (int i = 0; i < datasets; i++) {
        // Spread over the schemas, though tables are too.
        int table = 5 * i + i % SCHEMAS % 5;
        dataset(
            caravan, dataSource, schema(factor, table % SCHEMAS), "table_%05d".formatted(table));
      }
      Ratio.Timed ours = () -> check(caravan, datasets, 1);
      for (int warmUp = 0; warmUp < 5; warmUp++) {
        ours.run();
      }
      Ratio ratio = Ratio.measure(ROUNDS, () -> plainQueries(factor, tables), ours);
      if (judged) {
        report("whole run, against a pg_catalog query a group", ratio, 6, 3);
        report(
            "nothing changed, against a fingerprint in the database",
            Ratio.measure(ROUNDS, () -> fingerprints(factor), ours),
            5,
            2);
        report(
            "whole run, against getColumns table by table",
            Ratio.measure(ROUNDS, () -> getColumns(factor, tables), ours),
            1 / 8.0,
            1 / 20.0);
      }
      return Ratio.median(ratio.product());
    }
  }

  /** The yardstick: names and types of all columns, one query for each schema, read to the end. */
  private void plainQueries(int factor, int tables) throws SQLException {
    int columns = 0;
    for (int schema = 0; schema < SCHEMAS; schema++) {
      try (PreparedStatement statement =
          source.prepareStatement(
              """
              select c.relname, a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), a.attnotnull
                from pg_catalog.pg_namespace n
                join pg_catalog.pg_class c on c.relnamespace = n.oid
                join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
               where n.nspname = ? and c.relkind in ('r', 'p', 'v', 'm', 'f')
               order by 1, a.attnum
              """)) {
        statement.setString(1, schema(factor, schema));
        try (ResultSet rows = statement.executeQuery()) {
          while (rows.next()) {
            for (int column = 1; column <= 4; column++) {
              rows.getString(column);
            }
            columns++;
          }
        }
      }
    }
    require(columns == tables * COLUMNS, "%d columns".formatted(columns));
  }

  private void fingerprints(int factor) throws SQLException {
    for (int schema = 0; schema < SCHEMAS; schema++) {
      try (PreparedStatement statement =
          source.prepareStatement(
              """
              select md5(string_agg(concat_ws(' ', c.relname, a.attname, a.atttypid, a.atttypmod, a.attnotnull), ','
                                    order by c.relname, a.attnum))
                from pg_catalog.pg_namespace n
                join pg_catalog.pg_class c on c.relnamespace = n.oid
                join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
               where n.nspname = ? and c.relkind in ('r', 'p', 'v', 'm', 'f')
              """)) {
        statement.setString(1, schema(factor, schema));
        try (ResultSet row = statement.executeQuery()) {
          require(row.next() && row.getString(1).length() == 32, "no fingerprint");
        }
      }
    }
  }

  private void getColumns(int factor, int tables) throws SQLException {
    int columns = 0;
    for (int table = 0; table < tables; table++) {
      try (ResultSet rows =
          source
              .getMetaData()
              .getColumns(
                  null, schema(factor, table % SCHEMAS), "table_%05d".formatted(table), null)) {
        while (rows.next()) {
          rows.getString("COLUMN_NAME");
          rows.getString("TYPE_NAME");
          columns++;
        }
      }
    }
    require(columns == tables * COLUMNS, "%d columns".formatted(columns));
  }

  private void farAway(int organizations) throws Exception {
    execute(source, "create schema far");
    execute(
        source, "create table far.orders (id bigint, placed_at timestamp, total numeric(12,2))");
    try (DelayProxy proxy = new DelayProxy(server.getPort(), ONE_WAY);
        WholeCaravan caravan = caravan("far", 10)) {
      List<String> all = new ArrayList<>();
      for (int i = 0; i < organizations; i++) {
        UUID dataSource = dataSource(caravan, "Organisation " + i, proxy.port());
        dataset(
            caravan,
            dataSource,
            "far",
            "orders",
            "dimensions: [{name: id, type: bigint}, {name: placed_at, type: timestamp}]");
        all.add(caravan.bean(DataSources.class).get(dataSource).organizationId().toString());
      }
      Ratio.Timed alone = () -> check(caravan, 1, 1, List.of(all.getFirst()));
      Ratio.Timed everyone = () -> check(caravan, organizations, organizations, all);
      everyone.run();
      alone.run();
      Ratio ratio = Ratio.measure(ROUNDS, alone, everyone);
      report(
          "%d organisations 100 ms away, against one".formatted(organizations),
          ratio,
          60 * organizations / 500.0,
          55 * organizations / 500.0);
    }
  }

  private static void check(WholeCaravan caravan, int datasets, int organizations) {
    check(caravan, datasets, organizations, null);
  }

  /**
   * @throws IllegalStateException when not every dataset was found as it should be
   */
  private static void check(
      WholeCaravan caravan, int datasets, int organizations, List<String> only) {
    Run run = caravan.run("schemasync", new RunRequest(only, null, false, false, null));
    require(
        run.status() == RunStatus.SUCCEEDED
            && run.counts().succeeded() == organizations
            && run.report().path("result").path("organizationsProcessed").asInt() == organizations
            && run.report().path("result").path("totalDiscrepancies").asInt(-1) == 0
            && run.report().path("datasetsChecked").asInt(datasets) == datasets,
        run.status() + ": " + run.report());
  }

  private static UUID dataSource(WholeCaravan caravan, String name, int port) {
    UUID organization =
        caravan
            .bean(Organizations.class)
            .create(Map.of("name", name, "onboardingCompleted", true))
            .id();
    return caravan
        .bean(DataSources.class)
        .create(
            Map.of(
                "organizationId",
                organization.toString(),
                "name",
                "warehouse",
                "type",
                "postgresql",
                "jdbcUrl",
                "jdbc:postgresql://localhost:%d/source".formatted(port),
                "username",
                "postgres",
                "onboardingCompleted",
                true))
        .id();
  }

  private static void dataset(WholeCaravan caravan, UUID dataSource, String schema, String table) {
    dataset(
        caravan,
        dataSource,
        schema,
        table,
        IntStream.range(0, COLUMNS)
            .mapToObj(
                i ->
                    "  - name: column_%02d\n    type: %s".formatted(i, TYPES.get(i % TYPES.size())))
            .collect(Collectors.joining("\n", "dimensions:\n", "\n")));
  }

  private static void dataset(
      WholeCaravan caravan, UUID dataSource, String schema, String table, String dimensions) {
    caravan
        .bean(Datasets.class)
        .create(
            Map.of(
                "dataSourceId",
                dataSource.toString(),
                "name",
                schema + "." + table,
                "yml",
                "name: %s\ndata_source_name: warehouse\ndatabase: source\nschema: %s\n%s"
                    .formatted(table, schema, dimensions)));
  }

  private WholeCaravan caravan(String database, int parallel) {
    return new WholeCaravan(
        "postgres://postgres@localhost:%d/%s".formatted(server.getPort(), database),
        Map.of(
            "caravan.pipelines.schemasync.cron",
            "off",
            "caravan.pipelines.schemasync.parallel-items",
            String.valueOf(parallel)));
  }

  private static void report(String what, Ratio ratio, double must, double aim) {
    Verdict.atMost(
        what,
        Ratio.median(ratio.limit()),
        Ratio.median(ratio.product()),
        ratio.median(),
        must,
        aim);
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalStateException(otherwise);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
