package io.caravan.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * How a report is written. All but text hold ASCII only, so that no terminal's charset spoils it.
 */
enum ReportFormat {
  /** For people. */
  TEXT(TextReport::write),
  /** For programs of one's own. */
  JSON(JsonReport::write),
  /** For GitHub code scanning and the like. */
  SARIF(SarifReport::write),
  /** For whatever shows test results. */
  JUNIT(JunitReport::write);

  private interface Writer {
    void write(SchemaReport report, PrintWriter out) throws IOException;
  }

  private final Writer writer;

  ReportFormat(Writer writer) {
    this.writer = writer;
  }

  void write(SchemaReport report, PrintWriter out) throws IOException {
    writer.write(report, out);
    out.flush();
  }

  /** As it is typed. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
