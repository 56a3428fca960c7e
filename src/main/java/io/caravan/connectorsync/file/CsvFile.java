package io.caravan.connectorsync.file;

import static io.caravan.connectorsync.file.DuckDb.literal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.connectorsync.jdbc.TypedValues;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A CSV file in UTF-8, read by DuckDB. Rows that do not fit the header, and those with broken
 * characters, are set aside with the reason (DuckDB's documentation, "Reading Faulty CSV Files").
 */
final class CsvFile {
  /** A file with more is not the one that was meant. */
  private static final int MOST_REJECTS = 100_000;

  private static final int HEAD = 1_000;

  private static final String REJECTS =
      """
      select line, any_value(error_type)::varchar as kind, any_value(csv_line) as seen
        from reject_errors group by scan_id, file_id, line order by line
      """;

  private final String name;
  private final Path file;
  private final FileSetup.Options options;

  /**
   * @param name of the file, for messages
   */
  CsvFile(String name, Path file, FileSetup.Options options) {
    this.name = name;
    this.file = file;
    this.options = options;
  }

  /**
   * Reads all rows.
   *
   * @throws Failure of kind data when this is no CSV file, or no row fits
   */
  void read(DuckDb database, Records records) throws IOException {
    if (Files.size(file) == 0) {
      return;
    }
    refuseHtml();
    AtomicLong good = new AtomicLong();
    database.rows(
        sql(),
        (row, at) -> TextValues.of(row.getString(at)),
        name
            + " cannot be understood as CSV; check config.options: delimiter, quote, header and"
            + " encoding.",
        record -> {
          good.incrementAndGet();
          records.record(record);
        });
    AtomicLong bad = new AtomicLong();
    database.rows(
        REJECTS,
        TypedValues::of,
        name + " has rows that cannot be shown.",
        reject -> {
          check(reject, good.get(), bad.incrementAndGet());
          records.leftOut(reason(reject), reject.path("seen").textValue());
        });
  }

  private void check(ObjectNode reject, long good, long bad) {
    if (good == 0) {
      throw new Failure(
          FailureKind.DATA,
          "%s has no row that can be used: %s. Check config.options: delimiter, quote, header and encoding."
              .formatted(name, reason(reject)));
    }
    if (bad >= MOST_REJECTS) {
      throw new Failure(
          FailureKind.DATA,
          "%s has %d rows or more that cannot be used, the first that counts here: %s."
              .formatted(name, MOST_REJECTS, reason(reject)));
    }
  }

  private String sql() {
    StringBuilder sql = new StringBuilder("select * from read_csv(");
    sql.append(literal(file.toString()))
        .append(", compression = 'none', all_varchar = true, parallel = false")
        .append(", store_rejects = true, rejects_limit = ")
        .append(MOST_REJECTS)
        // What stands here is not guessed from the first rows.
        .append(", skip = 0, comment = '', allow_quoted_nulls = false, header = ")
        .append(options.header())
        .append(", quote = ")
        .append(literal(options.quote()))
        .append(", escape = ")
        .append(literal(options.quote()));
    if (options.delimiter() != null) {
      sql.append(", delim = ").append(literal(options.delimiter()));
    }
    return sql.append(")").toString();
  }

  private String reason(ObjectNode reject) {
    String why =
        switch (reject.path("kind").asText()) {
          case "MISSING COLUMNS" -> "has fewer fields than there are columns";
          case "TOO MANY COLUMNS" -> "has more fields than there are columns";
          case "UNQUOTED VALUE" -> "has a quote that is not closed, or text behind one";
          case "LINE SIZE OVER MAXIMUM" -> "is longer than a row may be";
          case "INVALID ENCODING" -> "is not in the encoding " + options.encoding().name();
          case "INVALID STATE" -> "breaks the rules of quotes";
          default -> "cannot be read";
        };
    return "line %s of %s %s".formatted(reject.path("line").asText(), name, why);
  }

  /** An error page has lines and commas, too. */
  private void refuseHtml() throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      String head =
          new String(in.readNBytes(HEAD), StandardCharsets.UTF_8).strip().toLowerCase(Locale.ROOT);
      if (head.startsWith("<!doctype html") || head.startsWith("<html")) {
        throw new Failure(
            FailureKind.DATA,
            name + " is an HTML page, perhaps one of a log-in or an error, and no CSV file.");
      }
    }
  }
}
