package io.caravan.connectorsync.file;

import java.util.regex.Pattern;
import org.dhatim.fastexcel.reader.Cell;

/** Whether Excel shows a number as a date (ECMA-376 part 1, 18.8.30 and 18.8.31). */
final class DateFormats {
  /** Literal text, escaped characters, colours, conditions and locales are no date's parts. */
  private static final Pattern LITERAL =
      Pattern.compile(
          "\"[^\"]*\"|\\\\.|_.|\\*.|\\[(?!h+]|m+]|s+])[^]]*]", Pattern.CASE_INSENSITIVE);

  private static final Pattern PART_OF_DATE = Pattern.compile("[ymdhs]", Pattern.CASE_INSENSITIVE);

  private DateFormats() {}

  static boolean isDate(Cell cell) {
    Integer id = cell.getDataFormatId();
    if (id == null) {
      return false;
    }
    if (id >= 14 && id <= 22
        || id >= 27 && id <= 36
        || id >= 45 && id <= 47
        || id >= 50 && id <= 58) {
      return true;
    }
    String format = cell.getDataFormatString();
    return format != null
        && !format.equalsIgnoreCase("general")
        && PART_OF_DATE.matcher(LITERAL.matcher(format).replaceAll("")).find();
  }
}
