package io.caravan.sheetsync;

import java.util.regex.Pattern;

/** The shape of Airtable's record ids: {@code rec} and fourteen letters or digits. */
final class RecordIds {
  private static final Pattern SHAPE = Pattern.compile("rec[0-9A-Za-z]{14}");

  private RecordIds() {}

  static boolean isOne(String text) {
    return SHAPE.matcher(text).matches();
  }
}
