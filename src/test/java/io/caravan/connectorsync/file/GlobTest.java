package io.caravan.connectorsync.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which folders have to be looked into for a pattern. */
class GlobTest {
  @ParameterizedTest
  @CsvSource({
    "**, a, true",
    "**/x.csv, a/b, true",
    "a/**, a, true",
    "a/**, b, false",
    "*.csv, a, false",
    "*, a, false",
    "a/*, a/b, false",
    "a/*/x.csv, a/b, true",
    "a/*/x.csv, a/b/c, false",
    "a/b-*/x.csv, a/b-1, true",
    "a/b-*/x.csv, a/c, false",
    "**, .snapshots, false",
    "a/**, a/.old, false",
    "a/.old/**, a/.old, true"
  })
  void aFolderCountsWhenAMatchMayBeInItOrFurtherDown(
      String pattern, String folder, boolean reached) {
    assertThat(new Glob(pattern).reaches(folder)).isEqualTo(reached);
  }
}
