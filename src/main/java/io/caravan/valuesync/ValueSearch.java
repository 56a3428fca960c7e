package io.caravan.valuesync;

import io.caravan.failure.InvalidInputException;
import io.caravan.failure.NotFoundException;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Suggests values of a data source's searchable columns while somebody types. Reads nothing but
 * Caravan's own database.
 */
@Component
public class ValueSearch {
  /** How many values are suggested when the caller does not say. */
  public static final int DEFAULT_LIMIT = 10;

  private static final int MOST = 100;

  private final SearchStore store;
  private final LastReads lastReads;

  ValueSearch(SearchStore store, LastReads lastReads) {
    this.store = store;
    this.lastReads = lastReads;
  }

  /**
   * Values that match what was typed: the same text first, then values that begin with it, values
   * with a word that begins with it, values that contain it; within each the more frequent first.
   * Letter case and accents do not matter. When that does not fill the list, values follow that
   * differ by one typing error (from four letters on) or two (from eight). The same value of
   * several columns is one suggestion with the sum of the counts.
   *
   * @param schema narrows to a schema; null for all, likewise {@code table} and {@code column}
   * @param q what was typed, every character of it data; empty or null for the most frequent values
   * @param limit 1 to 100; null for 10
   * @throws NotFoundException no such data source, or no searchable column by these names
   * @throws InvalidInputException the limit is out of range
   */
  public SearchResult search(
      UUID dataSourceId, String schema, String table, String column, String q, Integer limit) {
    int most = limit == null ? DEFAULT_LIMIT : limit;
    if (most < 1 || most > MOST) {
      throw new InvalidInputException("limit is " + most + "; it has to be between 1 and " + MOST);
    }
    SearchScope scope = new SearchScope(dataSourceId, schema, table, column);
    SearchQuery query = SearchQuery.of(q, most);
    BestMatches best = new BestMatches(query.wanted());
    List<SearchStore.SearchedColumn> columns = store.search(scope, query, best::add);
    if (columns.isEmpty() && scope.isNarrowed()) {
      throw new NotFoundException(
          "No searchable column matches schema "
              + schema
              + ", table "
              + table
              + ", column "
              + column
              + "; the list is at /api/v1/data-sources/"
              + dataSourceId
              + "/searchable-columns");
    }
    lastReads.note(columns.stream().map(SearchStore.SearchedColumn::columnNo).toList());
    return result(best.bestFirst(), most, columns);
  }

  private static SearchResult result(
      List<Match> matches, int most, List<SearchStore.SearchedColumn> columns) {
    return new SearchResult(
        matches.stream().limit(most).map(m -> new FoundValue(m.value(), m.count())).toList(),
        matches.size() > most,
        !columns.isEmpty() && columns.stream().allMatch(SearchStore.SearchedColumn::complete),
        columns.stream().mapToLong(SearchStore.SearchedColumn::totalDistinct).sum(),
        columns.stream().anyMatch(c -> c.lastSyncedAt() == null)
            ? null
            : columns.stream()
                .map(SearchStore.SearchedColumn::lastSyncedAt)
                .min(Comparator.naturalOrder())
                .orElse(null));
  }
}
