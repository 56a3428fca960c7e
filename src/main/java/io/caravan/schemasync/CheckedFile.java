package io.caravan.schemasync;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a check found in one dataset's file.
 *
 * @param file its path
 * @param tables in the order of the YAML; empty when it could not be read
 * @param unreadable why it could not be read; null when it could
 */
public record CheckedFile(String file, List<CheckedTable> tables, FileFinding unreadable) {
  private static final Pattern PLACE = Pattern.compile("^(?:yml: )?line (\\d+), column \\d+: ");

  /**
   * A file of which nothing could be compared.
   *
   * @param reason a sentence, which may begin with the place in the YAML
   */
  public static CheckedFile unreadable(String file, String reason) {
    Matcher place = PLACE.matcher(reason);
    Integer line = place.find() ? Integer.valueOf(place.group(1)) : null;
    return new CheckedFile(file, List.of(), FileFinding.unverifiable(null, line, reason));
  }

  /** All that was found, in the order of the YAML. */
  public List<FileFinding> findings() {
    return Stream.concat(
            Stream.ofNullable(unreadable),
            tables.stream().flatMap(table -> table.findings().stream()))
        .toList();
  }
}
