package io.caravan.cli;

import io.caravan.schemasync.CheckedFile;
import io.caravan.schemasync.FileFinding;
import io.caravan.schemasync.Severity;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a check of dataset files found.
 *
 * @param files sorted by path
 * @param failOn from which severity on it fails
 */
record SchemaReport(List<CheckedFile> files, FailOn failOn) {

  boolean success() {
    return findings().noneMatch(this::fails);
  }

  boolean fails(FileFinding finding) {
    return failOn.fails(finding.severity());
  }

  int count(Severity severity) {
    return (int) findings().filter(finding -> finding.severity() == severity).count();
  }

  int tables() {
    return files.stream().mapToInt(file -> file.tables().size()).sum();
  }

  Stream<FileFinding> findings() {
    return files.stream().flatMap(file -> file.findings().stream());
  }
}
