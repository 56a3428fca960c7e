package io.caravan.sheetsync;

import io.caravan.sheets.TabValues;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Where the rows and columns that a plan saw stand by now: columns by their headers, rows by their
 * ids or, without one, by what stands in them. Never by a remembered number alone (defect D8).
 */
final class SheetPlaces {
  private final SheetTab seen;
  private final TabValues now;
  private final Map<Integer, Integer> columns = new HashMap<>();
  private final Map<String, Integer> rowsById = new HashMap<>();
  private final Set<String> doubledIds = new HashSet<>();

  /**
   * @param seen the tab as the plan saw it
   * @param now the tab as it is
   * @param idColumn the column of the record ids as the plan saw it
   */
  SheetPlaces(SheetTab seen, TabValues now, int idColumn) {
    this.seen = seen;
    this.now = now;
    findColumns();
    Integer ids = columns.get(idColumn);
    if (ids != null) {
      findRows(ids);
    }
  }

  private void findColumns() {
    List<Object> header = row(seen.headerRow());
    Map<String, Integer> places = new HashMap<>();
    for (int column = 0; column < header.size(); column++) {
      places.putIfAbsent(text(header.get(column)), column);
    }
    for (int column = 0; column < seen.header().size(); column++) {
      String title = text(seen.header().get(column));
      boolean unmoved = column < header.size() && title.equals(text(header.get(column)));
      Integer place = unmoved ? Integer.valueOf(column) : places.get(title);
      if (place != null) {
        columns.put(column, place);
      }
    }
  }

  private void findRows(int ids) {
    for (int number = seen.headerRow() + 1; number <= now.rows().size(); number++) {
      String id = text(cell(number, ids));
      if (!id.isEmpty() && rowsById.putIfAbsent(id, number) != null) {
        doubledIds.add(id);
      }
    }
  }

  private List<Object> row(int number) {
    return number <= now.rows().size() ? now.rows().get(number - 1) : List.of();
  }

  /** What stands in a cell by now; null when it is empty. */
  Object cell(int row, int column) {
    List<Object> cells = row(row);
    Object cell = column < cells.size() ? cells.get(column) : null;
    return cell instanceof String text && text.isEmpty() ? null : cell;
  }

  private static String text(Object cell) {
    return cell == null ? "" : cell.toString().strip();
  }

  /** Where a column of the plan stands; null when it is gone. */
  Integer column(int planned) {
    return columns.get(planned);
  }

  /** A column that the plan adds stands where the plan says. */
  void addColumn(int planned) {
    columns.put(planned, planned);
  }

  /**
   * The row by its id; one without an id where it stood, or else where its content stands now.
   *
   * @param recordId null for a row that has no id yet
   * @param number where it stood
   * @param content what it held then; null when its id alone finds it
   * @return 0 when it is gone, or cannot be told from another one
   */
  int row(String recordId, int number, List<?> content) {
    Integer byId = recordId == null ? null : rowsById.get(recordId);
    if (byId != null) {
      if (doubledIds.contains(recordId)) {
        return holds(number, content) ? number : 0;
      }
      return byId;
    }
    if (content == null) {
      return 0;
    }
    return holds(number, content) ? number : onlyRowWith(content);
  }

  private int onlyRowWith(List<?> content) {
    int found = 0;
    for (int number = seen.headerRow() + 1; number <= now.rows().size(); number++) {
      if (holds(number, content)) {
        if (found > 0) {
          return 0;
        }
        found = number;
      }
    }
    return found;
  }

  /** Whether a row has just this content, in columns that may have moved. */
  boolean holds(int number, List<?> content) {
    if (content == null || number <= seen.headerRow() || number > now.rows().size()) {
      return false;
    }
    for (int column = 0; column < content.size(); column++) {
      Integer place = columns.get(column);
      if (!same(place == null ? null : cell(number, place), content.get(column))) {
        return false;
      }
    }
    return true;
  }

  /** Whether two cells hold the same; an empty text is an empty cell. */
  static boolean same(Object one, Object other) {
    Object left = one instanceof String text && text.isEmpty() ? null : one;
    Object right = other instanceof String text && text.isEmpty() ? null : other;
    return left instanceof Number number && right instanceof Number same
        ? number.doubleValue() == same.doubleValue()
        : Objects.equals(left, right);
  }
}
