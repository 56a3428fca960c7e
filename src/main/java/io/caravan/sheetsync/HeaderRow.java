package io.caravan.sheetsync;

import java.util.ArrayList;
import java.util.List;

/** The header row: which column has which header, exactly first and then without regard to case. */
final class HeaderRow {
  private final List<String> headers = new ArrayList<>();
  private int width;

  HeaderRow(SheetTab sheet) {
    for (Object cell : sheet.header()) {
      headers.add(cell == null ? "" : TextCodec.plain(cell).strip());
    }
    width = headers.size();
    for (SheetTab.SheetRow row : sheet.rows()) {
      width = Math.max(width, row.cells().size());
    }
  }

  /** All columns of that header: none, one, or several that cannot be told apart. */
  List<Integer> find(String header) {
    String wanted = header.strip();
    List<Integer> exact = new ArrayList<>();
    List<Integer> ignoringCase = new ArrayList<>();
    for (int i = 0; i < headers.size(); i++) {
      if (headers.get(i).equals(wanted)) {
        exact.add(i);
      }
      if (headers.get(i).equalsIgnoreCase(wanted)) {
        ignoringCase.add(i);
      }
    }
    return exact.isEmpty() ? ignoringCase : exact;
  }

  /** A column to the right of all that is there, content without a header included. */
  int add(String header) {
    int column = width++;
    while (headers.size() < column) {
      headers.add("");
    }
    headers.add(header.strip());
    return column;
  }
}
