package io.caravan.connectorsync.file;

import io.caravan.failure.InvalidInputException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How a file is written. */
enum FileFormat {
  CSV("csv", "tsv", "txt"),
  JSON("json"),
  NDJSON("ndjson", "jsonl"),
  PARQUET("parquet", "pq"),
  EXCEL("xlsx", "xlsm");

  private static final String PACKED = ".gz";

  private final List<String> endings;

  FileFormat(String... endings) {
    this.endings = List.of(endings);
  }

  static FileFormat ofName(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** Whether a file is packed with gzip, as its name says. */
  static boolean isPacked(String file) {
    return file.toLowerCase(Locale.ROOT).endsWith(PACKED);
  }

  /** A file's name without {@code .gz}. */
  static String unpacked(String file) {
    return isPacked(file) ? file.substring(0, file.length() - PACKED.length()) : file;
  }

  /**
   * @throws InvalidInputException when the name does not tell
   */
  static FileFormat ofFile(String file) {
    String name = unpacked(file).toLowerCase(Locale.ROOT);
    String ending = name.substring(name.lastIndexOf('.') + 1);
    return Arrays.stream(values())
        .filter(format -> format.endings.contains(ending))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "config.format: is missing, and the name %s does not tell; write one of %s."
                        .formatted(
                            file,
                            Arrays.stream(values())
                                .map(format -> format.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", ")))));
  }
}
