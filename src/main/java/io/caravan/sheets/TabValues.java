package io.caravan.sheets;

import com.google.api.services.sheets.v4.model.ValueRange;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands in a tab.
 *
 * @param rows ragged: trailing empty cells and rows are left out
 * @param gridRows how many rows the tab has, empty ones included
 * @param gridColumns how many columns it has
 */
public record TabValues(List<List<Object>> rows, int gridRows, int gridColumns) {
  /** The last cell of the answered range, which is the whole grid. */
  private static final Pattern END = Pattern.compile(".*?([A-Z]+)(\\d+)$", Pattern.DOTALL);

  static TabValues of(ValueRange range) {
    Matcher end = END.matcher(range.getRange());
    if (!end.matches()) {
      throw new IllegalArgumentException("Google named no range of cells");
    }
    return new TabValues(
        range.getValues() == null ? List.of() : range.getValues(),
        Integer.parseInt(end.group(2)),
        end.group(1).chars().reduce(0, (number, letter) -> number * 26 + letter - 'A' + 1));
  }
}
