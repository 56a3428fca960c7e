package io.caravan.connectorsync.vendor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Rows of a sheet as records: the first row names the fields. */
public final class SheetRows {
  private SheetRows() {}

  /**
   * @param rows ragged: trailing empty cells are left out, an empty cell is null or an empty text
   * @return a record for each row that is not empty, in order; an empty cell is no field. A column
   *     without a name is {@code Column 3}, one whose name was there already {@code Name 2}
   */
  public static List<Map<String, Object>> records(List<List<Object>> rows) {
    List<Map<String, Object>> records = new ArrayList<>();
    if (rows.isEmpty()) {
      return records;
    }
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    List<String> names = names(rows.getFirst(), columns);
    for (List<Object> row : rows.subList(1, rows.size())) {
      Map<String, Object> record = new LinkedHashMap<>();
      for (int column = 0; column < row.size(); column++) {
        Object value = row.get(column);
        if (value != null && !value.equals("")) {
          record.put(names.get(column), value);
        }
      }
      if (!record.isEmpty()) {
        records.add(record);
      }
    }
    return records;
  }

  private static List<String> names(List<Object> header, int columns) {
    Set<String> names = new LinkedHashSet<>();
    for (int column = 0; column < columns; column++) {
      Object cell = column < header.size() ? header.get(column) : null;
      String name = Objects.toString(cell, "").strip();
      String wanted = name.isEmpty() ? "Column " + (column + 1) : name;
      String free = wanted;
      for (int number = 2; !names.add(free); number++) {
        free = wanted + " " + number;
      }
    }
    return List.copyOf(names);
  }
}
