package io.caravan.schemasync;

/**
 * One thing that a dataset's file and the live schema disagree about, or that could not be found
 * out.
 *
 * @param table as the YAML names it; null when it is about the whole file
 * @param column as the YAML names it; null when it is about the whole table
 * @param line of the file, from 1; null when there is none
 * @param expected what the YAML says; null when it says nothing of it
 * @param actual what the database has; null when it has no such thing
 * @param message a sentence that explains itself
 * @param suggestion what probably happened or what helps; null for no idea
 * @param patch the lines of the file that would have to change; null for none
 */
public record FileFinding(
    FindingType type,
    Severity severity,
    String table,
    String column,
    Integer line,
    String expected,
    String actual,
    String message,
    String suggestion,
    String patch) {

  static FileFinding of(Finding finding) {
    return new FileFinding(
        finding.type(),
        finding.severity(),
        finding.table(),
        finding.column(),
        finding.details().line(),
        finding.expected(),
        finding.actual(),
        finding.message(),
        finding.suggestion(),
        finding.change() == null ? null : finding.change().path("patch").asText(null));
  }

  static FileFinding unverifiable(String table, Integer line, String reason) {
    return new FileFinding(
        FindingType.UNVERIFIABLE,
        Severity.UNVERIFIABLE,
        table,
        null,
        line,
        null,
        null,
        reason,
        null,
        null);
  }
}
