package io.caravan.connectorsync.dataset;

import io.caravan.connectorsync.dataset.Columns.Change;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The columns of a load, and how they differ from those that the dataset has. */
final class LoadedColumns {
  private final Columns columns;
  private final Map<Integer, Column> before = new HashMap<>();

  LoadedColumns(Collection<Column> present) {
    columns = new Columns(present);
    present.forEach(column -> before.put(column.position(), column));
  }

  Columns columns() {
    return columns;
  }

  /** From the dataset's columns to those of the load, each at most once. */
  List<Change> changes() {
    List<Change> changes = new ArrayList<>();
    for (Column column : columns.all()) {
      Column old = before.get(column.position());
      if (old == null || old.type() != column.type()) {
        changes.add(new Change(column, old == null ? null : old.type()));
      }
    }
    return changes;
  }
}
