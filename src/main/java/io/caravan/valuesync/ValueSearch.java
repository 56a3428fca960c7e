package io.caravan.valuesync;

import io.caravan.failure.InvalidInputException;
import io.caravan.failure.NotFoundException;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Suggests values of a data source's searchable columns while somebody types. Reads Caravan's own
 * database; only where the list of the one column searched is cut and what is stored does not fill
 * the answer, the customer's database too ({@link SourceLookup}).
 */
@Component
public class ValueSearch {
  /** How many values are suggested when the caller does not say. */
  public static final int DEFAULT_LIMIT = 10;

  private static final int MOST = 100;
  private static final int FEWEST_TYPED = 2;

  private final SearchStore store;
  private final LastReads lastReads;
  private final SourceLookup source;

  ValueSearch(SearchStore store, LastReads lastReads, SourceLookup source) {
    this.store = store;
    this.lastReads = lastReads;
    this.source = source;
  }

  /**
   * Values that match what was typed: the same text first, then values that begin with it, values
   * with a word that begins with it, values that contain it; within each the more frequent first.
   * Letter case and accents do not matter. When that does not fill the list, values follow that
   * differ by one typing error (from four letters on) or two (from eight). The same value of
   * several columns is one suggestion with the sum of the counts. A value that only the source
   * knows counts 1.
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
    List<Match> stored = best.bestFirst();
    if (!isCut(scope, query, columns)) {
      return result(stored, most, stored.size() > most, columns);
    }
    SearchStore.SearchedColumn cut = columns.getFirst();
    SourceLookup.Answer answer = askSource(scope, cut, query, stored, most);
    List<Match> all = withFound(stored, answer.values(), query);
    return result(all, most, all.size() > most || !answer.all(), columns);
  }

  /** A single character begins too many values to be worth the source's time. */
  private static boolean isCut(
      SearchScope scope, SearchQuery query, List<SearchStore.SearchedColumn> columns) {
    return scope.isOneColumn()
        && columns.size() == 1
        && !columns.getFirst().complete()
        && columns.getFirst().lastSyncedAt() != null
        && !query.isEmpty()
        && query.raw().codePointCount(0, query.raw().length()) >= FEWEST_TYPED;
  }

  private SourceLookup.Answer askSource(
      SearchScope scope,
      SearchStore.SearchedColumn column,
      SearchQuery query,
      List<Match> stored,
      int most) {
    List<Match> good =
        stored.stream().filter(m -> m.matchClass().compareTo(MatchClass.CONTAINS) <= 0).toList();
    if (good.size() >= most) {
      return SourceLookup.Answer.UNKNOWN;
    }
    ColumnRef ref =
        new ColumnRef(column.databaseName(), scope.schema(), scope.table(), scope.column(), null);
    return source.ask(
        new SourceLookup.Place(scope.dataSourceId(), column.columnNo(), column.version(), ref),
        query,
        good.stream().map(Match::value).toList());
  }

  /** Behind stored values of the same class, since nobody counted them. */
  private static List<Match> withFound(List<Match> stored, List<String> found, SearchQuery query) {
    Set<String> known = stored.stream().map(Match::value).collect(Collectors.toSet());
    return Stream.concat(
            stored.stream(),
            found.stream()
                .filter(value -> !known.contains(value))
                .map(value -> new Match(query.classOfBeginning(value), value, 1)))
        .sorted(Match.BEST_FIRST)
        .toList();
  }

  private static SearchResult result(
      List<Match> matches, int most, boolean truncated, List<SearchStore.SearchedColumn> columns) {
    return new SearchResult(
        matches.stream().limit(most).map(m -> new FoundValue(m.value(), m.count())).toList(),
        truncated,
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
