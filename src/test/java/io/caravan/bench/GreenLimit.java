package io.caravan.bench;

import io.caravan.bench.BigRecords.Source;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * The least that there is to do, by psql: {@code \copy} of the raw pages, which are files already,
 * binary {@code \copy} of the typed rows, and their primary keys.
 */
final class GreenLimit {
  private static final String SCHEMA = "by_psql";
  private static final int AT_ONCE = 10_000;
  private static final byte[] BEGINS = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };
  private static final Map<String, String> KEYS =
      Map.of(
          "talents_measurements", "talent_id",
          "talents_socials", "talent_id, platform",
          "boards_talents", "board_id, talent_id",
          "boards_portfolios", "board_id, portfolio_id",
          "media_tags_junction", "media_id, tag_id");

  private final GreenServer.Site site;
  private final Path directory;

  GreenLimit(GreenServer.Site site) throws IOException {
    this.site = site;
    directory = Files.createDirectories(Path.of("target/bench-green").toAbsolutePath());
  }

  /**
   * Writes the files, from rows that are computed apart from Caravan, for tables of the columns
   * that Caravan's views have.
   *
   * @param storedAsOurs whether raw JSON is stored in the way that Caravan chose, or PostgreSQL's
   */
  void prepare(boolean storedAsOurs) throws SQLException, IOException {
    clear();
    CopyManager copies = site.connection().unwrap(PGConnection.class).getCopyAPI();
    List<String> lines =
        new ArrayList<>(
            List.of("\\set ON_ERROR_STOP on", "begin;", "create schema %s;".formatted(SCHEMA)));
    site.execute("create schema " + SCHEMA);
    for (Source source : Source.values()) {
      writePages(source);
      lines.add(
          "create table %s (data json storage %s);"
              .formatted(table(raw(source)), storedAsOurs ? ourStorage(source) : "default"));
      lines.add(copy(raw(source)));
    }
    for (String entity : BigRecords.entities()) {
      String create = "create table %s (like green.%s_current);".formatted(table(entity), entity);
      site.execute(create);
      for (long first = 0; first < site.records().rows(entity); first += AT_ONCE) {
        copies.copyIn(
            "copy %s from stdin".formatted(table(entity)), new StringReader(rows(entity, first)));
      }
      try (OutputStream out = Files.newOutputStream(directory.resolve(entity))) {
        copies.copyOut("copy %s to stdout (format binary)".formatted(table(entity)), out);
      }
      lines.add(create);
      lines.add(copy(entity));
      lines.add(
          "alter table %s add primary key (%s);"
              .formatted(table(entity), KEYS.getOrDefault(entity, "id")));
    }
    lines.add("commit;");
    Files.write(directory.resolve("script"), lines);
    clear();
  }

  private String copy(String name) {
    return "\\copy %s from '%s' (format binary)".formatted(table(name), directory.resolve(name));
  }

  private String ourStorage(Source source) throws SQLException {
    return strings(
            """
            select case attstorage when 'e' then 'external' when 'p' then 'plain'
                                   when 'm' then 'main' else 'extended' end
              from pg_attribute where attrelid = to_regclass('green.%s') and attname = 'data'\
            """
                .formatted(raw(source)))
        .stream()
        .findFirst()
        .orElse("default");
  }

  private static String raw(Source source) {
    return source.entities().getFirst() + "_json";
  }

  private static String table(String name) {
    return SCHEMA + "." + name;
  }

  private String rows(String entity, long first) {
    return LongStream.range(first, Math.min(first + AT_ONCE, site.records().rows(entity)))
        .mapToObj(i -> site.records().row(entity, i))
        .collect(Collectors.joining());
  }

  private void writePages(Source source) throws IOException {
    Path file = directory.resolve(raw(source));
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      out.write(BEGINS);
      for (byte[] body : site.blue().bodies(source).toList()) {
        out.writeShort(1);
        out.writeInt(body.length);
        out.write(body);
      }
      out.writeShort(-1);
    }
  }

  /** Makes room; not to be timed. */
  void clear() throws SQLException {
    site.execute("drop schema if exists %s cascade".formatted(SCHEMA));
  }

  /** Loads everything. */
  void load() throws IOException, InterruptedException {
    Process psql =
        new ProcessBuilder(
                "psql", "-X", "-q", "-f", directory.resolve("script").toString(), site.url())
            .redirectErrorStream(true)
            .start();
    String said = new String(psql.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (psql.waitFor() != 0) {
      throw new IllegalStateException("psql failed: " + said);
    }
  }

  /** Bytes of the tables with their indexes and what is stored beside them. */
  long size() throws SQLException {
    return size(site, SCHEMA);
  }

  static long size(GreenServer.Site site, String schema) throws SQLException {
    return site.number(
        """
        select sum(pg_total_relation_size(oid)) from pg_class
         where relnamespace = '%s'::regnamespace and relkind = 'r'\
        """
            .formatted(schema));
  }

  /**
   * Compares what readers see, and the raw JSON where it is kept, with what was loaded here.
   *
   * @param edition that Caravan was given; here it is the first
   * @return whether raw JSON is kept
   * @throws IllegalStateException names the first difference
   */
  boolean check(int edition) throws SQLException {
    String mark = BigRecords.MARK + "%05d".formatted(edition);
    for (String entity : BigRecords.entities()) {
      String view = "green.%s_current".formatted(entity);
      String wanted = digests("select t::text from %s t".formatted(table(entity)), mark).getFirst();
      if (!wanted.startsWith(site.records().rows(entity) + " ")) {
        throw new IllegalStateException("The limit itself is wrong: " + wanted);
      }
      same(view, wanted, digests("select t::text from %s t".formatted(view), mark));
    }
    boolean kept = false;
    for (Source source : Source.values()) {
      String table = "green." + raw(source);
      if (strings("select 1 where to_regclass('%s') is not null".formatted(table)).isEmpty()) {
        continue;
      }
      kept = true;
      String wanted = digests("select data::text from " + table(raw(source)), mark).getFirst();
      List<String> found = new ArrayList<>();
      String batch = batchColumn(table);
      for (String one : strings("select distinct %s from %s".formatted(batch, table))) {
        found.addAll(
            digests(
                "select data::text from %s where %s = '%s'".formatted(table, batch, one), mark));
      }
      same(table, wanted, found);
    }
    return kept;
  }

  /** The column that tells one batch of raw JSON from the next. */
  private String batchColumn(String table) throws SQLException {
    return strings(
            """
            select attname from pg_attribute
             where attrelid = '%s'::regclass and atttypid = 'uuid'::regtype and attnum > 0\
            """
                .formatted(table))
        .getFirst();
  }

  private static void same(String what, String wanted, List<String> found) {
    if (!found.contains(wanted)) {
      throw new IllegalStateException(
          "Wrong result: %s is %s and ought to be %s".formatted(what, found, wanted));
    }
  }

  /** How many there are, and a checksum in which their order and their edition do not matter. */
  private List<String> digests(String texts, String mark) throws SQLException {
    return strings(
        """
        select count(*) || ' ' || coalesce(sum(hashtextextended(replace(found.text, '%s', '%s'), 0)), 0)
          from (%s) found (text)\
        """
            .formatted(mark, BigRecords.FIRST_EDITION, texts));
  }

  private List<String> strings(String sql) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Statement statement = site.connection().createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        found.add(row.getString(1));
      }
    }
    return found;
  }
}
