package io.caravan.valuesync;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lists that were searched lately, so that a second key stroke reads nothing but a version number.
 * It never answers by itself: every search asks the database which version is valid, and a list of
 * another version is not used.
 */
final class ListCache {
  private final long mostBytes;
  private final Map<SearchScope, Map<Long, ValueList>> scopes =
      new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  ListCache(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** The lists held for a scope, by version. */
  synchronized Map<Long, ValueList> held(SearchScope scope) {
    return scopes.getOrDefault(scope, Map.of());
  }

  /** Keeps the lists that are valid now in place of those held before. */
  synchronized void keep(SearchScope scope, Map<Long, ValueList> lists) {
    bytes -= weight(scopes.remove(scope));
    if (lists.isEmpty() || weight(lists) > mostBytes) {
      return;
    }
    scopes.put(scope, new HashMap<>(lists));
    bytes += weight(lists);
    var oldest = scopes.entrySet().iterator();
    while (bytes > mostBytes) {
      bytes -= weight(oldest.next().getValue());
      oldest.remove();
    }
  }

  private static long weight(Map<Long, ValueList> lists) {
    return lists == null ? 0 : lists.values().stream().mapToLong(ValueList::weight).sum();
  }
}
