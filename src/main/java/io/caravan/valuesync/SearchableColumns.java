package io.caravan.valuesync;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.failure.InvalidInputException;
import io.caravan.failure.NotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Which columns of which data sources are searchable, and the state of their values. */
@Component
public class SearchableColumns {
  private final SearchableColumnStore store;
  private final DeniedColumns denied;

  SearchableColumns(SearchableColumnStore store, DeniedColumns denied) {
    this.store = store;
    this.denied = denied;
  }

  /**
   * Makes the list the whole list of columns configured over the API. Columns that stay keep their
   * id and their values; columns that go are no longer searchable and are forgotten after seven
   * days. Columns that a dataset declares are another list (see {@link #mergeFromDatasets}) and
   * stay, too.
   *
   * @return the list as it is now
   * @throws NotFoundException no such data source
   * @throws InvalidInputException an entry is blank, too long, there twice, or refused by {@code
   *     caravan.valuesync.denied-columns}; nothing is changed
   */
  @Transactional
  public List<SearchableColumnState> replace(UUID dataSourceId, List<SearchableColumn> columns) {
    ColumnListCheck.check(columns);
    for (int i = 0; i < columns.size(); i++) {
      refuseDenied(i + 1, columns.get(i));
    }
    store.lockDataSource(dataSourceId);
    store.replace(dataSourceId, columns, "api");
    return store.list(dataSourceId);
  }

  /**
   * The same for the columns that datasets of a data source mark as {@code searchable: true}. A
   * column that is configured over the API as well keeps what was configured there.
   *
   * @return what was left out because of {@code caravan.valuesync.denied-columns}, one sentence a
   *     column
   * @throws NotFoundException no such data source
   * @throws InvalidInputException as for {@link #replace}, denied names excepted
   */
  @Transactional
  public List<String> mergeFromDatasets(UUID dataSourceId, List<SearchableColumn> columns) {
    ColumnListCheck.check(columns);
    List<String> refused = new ArrayList<>();
    List<SearchableColumn> accepted = new ArrayList<>();
    for (SearchableColumn column : columns) {
      Optional<String> pattern = denied.refusing(column.columnName());
      pattern.ifPresentOrElse(p -> refused.add(refusal(column, p)), () -> accepted.add(column));
    }
    store.lockDataSource(dataSourceId);
    store.replace(dataSourceId, accepted, "dataset");
    return refused;
  }

  /**
   * @return the searchable columns by name
   * @throws NotFoundException no such data source
   */
  @Transactional(readOnly = true)
  public List<SearchableColumnState> list(UUID dataSourceId) {
    store.requireDataSource(dataSourceId);
    return store.list(dataSourceId);
  }

  /**
   * Every column that a run may read: its data source is set up and neither it nor its organisation
   * is deleted.
   */
  public List<ColumnToSync> forSync() {
    return store.forSync(null, null, null, null);
  }

  /**
   * The same, narrowed to what somebody asks to refresh; null leaves a name open.
   *
   * @throws NotFoundException no such data source
   */
  public List<ColumnToSync> forSync(UUID dataSourceId, String schema, String table, String column) {
    store.requireDataSource(dataSourceId);
    return store.forSync(dataSourceId, schema, table, column);
  }

  /**
   * The column when it still is to be synchronised; empty when it or its data source has gone
   * meanwhile.
   */
  public Optional<ColumnToSync> forSync(UUID columnId) {
    return store.forSync(columnId);
  }

  /**
   * Why the column is known to be gone, as the last check of its dataset found; empty when nothing
   * is known (schema sync requirements, section 4 item 6).
   */
  public Optional<String> broken(UUID columnId) {
    return store.broken(columnId);
  }

  /**
   * SV-12: the column could not be read; its values stay.
   *
   * @param error for people, without secrets
   */
  public void markFailed(UUID columnId, String error) {
    store.markFailed(columnId, error);
  }

  /**
   * The table is as it was: the stored values are as good as read now.
   *
   * @param tableState null keeps the one known
   */
  public void markUnchanged(UUID columnId, JsonNode tableState) {
    store.markUnchanged(columnId, tableState);
  }

  private void refuseDenied(int entry, SearchableColumn column) {
    denied
        .refusing(column.columnName())
        .ifPresent(
            pattern -> {
              throw new InvalidInputException("Entry " + entry + ": " + refusal(column, pattern));
            });
  }

  private static String refusal(SearchableColumn column, String pattern) {
    return column.name()
        + " looks like a secret or personal number (pattern "
        + pattern
        + "); if it is none, change "
        + DeniedColumns.SETTING;
  }
}
