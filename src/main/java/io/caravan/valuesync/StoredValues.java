package io.caravan.valuesync;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The cache of columns' distinct values: replaces one column's values as a whole and forgets old
 * ones.
 */
@Component
public class StoredValues {
  private final StoredValueStore store;
  private final SearchIndexStore index;
  private final TransactionTemplate transaction;

  StoredValues(
      StoredValueStore store, SearchIndexStore index, PlatformTransactionManager transactions) {
    this.store = store;
    this.index = index;
    transaction = new TransactionTemplate(transactions);
  }

  /**
   * Makes {@code values} the searchable values of a column, all at once: a reader sees the old list
   * or the new one. Values no longer among them stay for seven days, unsearchable, and come back
   * when they are seen again. A second writer of the same column waits for the first.
   *
   * <p>A value that is given twice counts once with the sum. Characters that PostgreSQL text cannot
   * hold (NUL, half a surrogate pair) become U+FFFD.
   *
   * @param columnId id of a searchable column
   * @param values any order
   * @throws io.caravan.failure.NotFoundException the column is not there, or not any more
   * @throws Failure BRAKE when the list is empty, the column had values and {@code force} is off:
   *     nothing is changed but the status, which becomes {@code suspect}; TRANSIENT when another
   *     writer holds the column for long
   */
  public ReplaceResult replace(UUID columnId, List<ValueCount> values, ReplaceOptions options) {
    List<ValueCount> ranked = RankedValues.of(values);
    try {
      ReplaceResult result = transaction.execute(status -> write(columnId, ranked, options));
      if (result == null) {
        throw new Failure(
            FailureKind.BRAKE,
            store.name(columnId)
                + " came back empty although it had values. The old values are kept and marked"
                + " suspect; check the table, and run again with force if it is meant to be empty");
      }
      return result;
    } catch (DataAccessException e) {
      throw failure(columnId, e);
    }
  }

  /**
   * Forgets for good what was removed more than seven days ago: values, and whole columns. Returns
   * the rows deleted.
   */
  public int purge() {
    Integer deleted = transaction.execute(status -> store.purge());
    return deleted == null ? 0 : deleted;
  }

  /** Returns null when the brake was pulled. */
  private ReplaceResult write(UUID columnId, List<ValueCount> ranked, ReplaceOptions options) {
    StoredValueStore.LockedColumn column = store.lock(columnId);
    if (ranked.isEmpty() && column.hasValues() && !options.force()) {
      store.markSuspect(columnId);
      return null;
    }
    store.copyIncoming(ranked);
    StoredValueStore.Changes changes = store.applyIncoming(column.columnNo());
    boolean rebuild = changes.any() || !column.indexed();
    if (rebuild) {
      index.rebuild(column.columnNo(), ranked);
    }
    store.recordSuccess(columnId, ranked.size(), options);
    return changes.result(ranked.size());
  }

  private static Failure failure(UUID columnId, DataAccessException e) {
    String state =
        e.getMostSpecificCause() instanceof SQLException sql ? sql.getSQLState() : "unknown";
    boolean passes =
        state != null
            && (state.startsWith("40") || state.startsWith("55") || state.startsWith("57"));
    return new Failure(
        passes ? FailureKind.TRANSIENT : FailureKind.INTERNAL,
        "The values of column "
            + columnId
            + " could not be stored in Caravan's own database; the old ones are kept"
            + " (SQLSTATE "
            + state
            + ")",
        e);
  }
}
