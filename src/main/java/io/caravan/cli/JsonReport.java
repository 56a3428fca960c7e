package io.caravan.cli;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.caravan.schemasync.CheckedTable;
import io.caravan.schemasync.FileFinding;
import io.caravan.schemasync.Severity;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

/** The report for programs. */
final class JsonReport {
  private static final ObjectWriter WRITER =
      JsonMapper.builder()
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build()
          .writerWithDefaultPrettyPrinter();

  private JsonReport() {}

  /**
   * @param success whether nothing was found that fails the check
   */
  private record Report(boolean success, Counts counts, List<File> files) {}

  private record Counts(int critical, int warning, int info, int unverifiable) {}

  private record File(String file, List<String> tables, List<FileFinding> findings) {}

  static void write(SchemaReport report, PrintWriter out) throws IOException {
    write(
        new Report(
            report.success(),
            new Counts(
                report.count(Severity.CRITICAL),
                report.count(Severity.WARNING),
                report.count(Severity.INFO),
                report.count(Severity.UNVERIFIABLE)),
            report.files().stream()
                .map(
                    file ->
                        new File(
                            file.file(),
                            file.tables().stream().map(CheckedTable::name).toList(),
                            file.findings()))
                .toList()),
        out);
  }

  static void write(Object json, PrintWriter out) throws IOException {
    out.println(WRITER.writeValueAsString(json));
  }
}
