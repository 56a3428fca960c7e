package io.caravan.cli;

import io.caravan.schemasync.CheckedFile;
import io.caravan.schemasync.FileFinding;
import io.caravan.schemasync.Severity;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;

/** The report for people; coloured where a person looks at a terminal. */
final class TextReport {
  private static final String INDENT = " ".repeat(16);

  private TextReport() {}

  static void write(SchemaReport report, PrintWriter out) {
    boolean colour =
        System.console() != null
            && System.console().isTerminal()
            && System.getenv("NO_COLOR") == null;
    for (CheckedFile file : report.files()) {
      if (!file.findings().isEmpty()) {
        out.println(plain(file.file()));
        file.findings().forEach(finding -> write(file, finding, colour, out));
        out.println();
      }
    }
    out.printf(
        "%s, %s: %d critical, %s, %d info, %d unverifiable%n",
        counted(report.files().size(), "file"),
        counted(report.tables(), "table"),
        report.count(Severity.CRITICAL),
        counted(report.count(Severity.WARNING), "warning"),
        report.count(Severity.INFO),
        report.count(Severity.UNVERIFIABLE));
  }

  private static void write(
      CheckedFile file, FileFinding finding, boolean colour, PrintWriter out) {
    String word = "%-12s".formatted(finding.severity().word());
    String place = file.file() + (finding.line() == null ? "" : ":" + finding.line());
    String subject =
        finding.table() == null
            ? ""
            : finding.table() + (finding.column() == null ? "" : "." + finding.column()) + ": ";
    out.println(
        "  %s  %s  %s"
            .formatted(
                colour ? coloured(word, finding.severity()) : word,
                plain(place),
                plain(subject + finding.message())));
    if (finding.suggestion() != null) {
      out.println(INDENT + plain(finding.suggestion()));
    }
    if (finding.patch() != null) {
      finding.patch().lines().forEach(line -> out.println(INDENT + plain(line)));
    }
  }

  private static String coloured(String word, Severity severity) {
    List<IStyle> style =
        switch (severity) {
          case CRITICAL -> List.of(Style.bold, Style.fg_red);
          case WARNING -> List.of(Style.fg_yellow);
          case INFO -> List.of(Style.fg_blue);
          case UNVERIFIABLE -> List.of(Style.bold, Style.fg_magenta);
        };
    return Ansi.ON.apply(word, style).toString();
  }

  /** Names come from files: none may begin a new line or steer the terminal. */
  private static String plain(String text) {
    return text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]", " ");
  }

  private static String counted(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
