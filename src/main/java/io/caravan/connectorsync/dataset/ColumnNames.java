package io.caravan.connectorsync.dataset;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Names of columns, made from the names of fields: at most as long as PostgreSQL takes, and
 * different even for those who write them without quotes.
 */
final class ColumnNames {
  static final String KEY = "_key";
  static final String HASH = "_hash";
  static final String TEXT_HASH = "_text_hash";
  static final String CHANGED_AT = "_changed_at";
  static final String VERSION = "_version";
  static final String REMOVED_AT = "_removed_at";
  static final String ROW = "_row";

  /** What has no column of its own. */
  static final String MORE = "_more";

  /** Room in a staging table. */
  static final String RESERVED = "_reserved";

  /** The mark of a tombstone in what readers get. */
  static final String REMOVED = "_removed";

  static final Set<String> OURS =
      Set.of(KEY, HASH, TEXT_HASH, CHANGED_AT, VERSION, REMOVED_AT, ROW, MORE, REMOVED, RESERVED);

  /** PostgreSQL has these in every table (its documentation, "System Columns"). */
  private static final Set<String> SYSTEM =
      Set.of("tableoid", "xmin", "cmin", "xmax", "cmax", "ctid");

  /** NAMEDATALEN less the byte at the end. */
  private static final int LONGEST = 63;

  private static final String NAMELESS = "column";

  private final Set<String> taken = new HashSet<>(OURS);

  ColumnNames() {
    taken.addAll(SYSTEM);
  }

  /** Remembers a name that was made before. */
  void take(String name) {
    taken.add(name.toLowerCase(Locale.ROOT));
  }

  /** A name of which there is none yet, whatever the case of its letters. */
  String make(String field) {
    String wanted = field.isEmpty() ? NAMELESS : field;
    String name = cut(wanted, LONGEST);
    for (int number = 2; !taken.add(name.toLowerCase(Locale.ROOT)); number++) {
      String suffix = "_" + number;
      name = cut(wanted, LONGEST - suffix.length()) + suffix;
    }
    return name;
  }

  private static String cut(String text, int bytes) {
    if (text.getBytes(StandardCharsets.UTF_8).length <= bytes) {
      return text;
    }
    int end = 0;
    int used = 0;
    while (true) {
      int point = text.codePointAt(end);
      used += Character.toString(point).getBytes(StandardCharsets.UTF_8).length;
      if (used > bytes) {
        return text.substring(0, end);
      }
      end += Character.charCount(point);
    }
  }
}
