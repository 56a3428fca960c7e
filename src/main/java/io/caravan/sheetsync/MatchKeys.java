package io.caravan.sheetsync;

import io.caravan.sheetsync.SheetTab.SheetRow;
import java.util.Locale;
import java.util.function.Function;

/**
 * What a row without id and a record have in common: the match field without regard to case and
 * spaces at its ends. Where that is empty or not mapped, every writable field has to agree, so that
 * a record whose id never reached its row is found again and not created twice.
 */
final class MatchKeys {
  private final Layout layout;

  MatchKeys(Layout layout) {
    this.layout = layout;
  }

  String of(SheetRow row) {
    return key(column -> text(column, row.at(column.index())));
  }

  String of(AirtableRecord record) {
    return key(column -> shown(column, column.ofAirtable(record.fields().get(column.id()))));
  }

  private String key(Function<Column, String> text) {
    String match = layout.matchOn() == null ? "" : text.apply(layout.matchOn()).strip();
    if (!match.isEmpty()) {
      return "match " + match.toLowerCase(Locale.ROOT);
    }
    StringBuilder all = new StringBuilder("all ");
    for (Column column : layout.columns()) {
      if (column.writable()) {
        String cell = text.apply(column);
        all.append(cell.length()).append(':').append(cell);
      }
    }
    return all.toString();
  }

  private static String text(Column column, Object cell) {
    try {
      return shown(column, column.ofCell(cell, null));
    } catch (Unreadable e) {
      return TextCodec.plain(cell);
    }
  }

  private static String shown(Column column, Value value) {
    return value == Value.EMPTY ? "" : TextCodec.plain(column.codec().toCell(value));
  }
}
