package io.caravan.bluegreen;

import java.util.Map;

/**
 * What came of loading an entity.
 *
 * @param rows in the new version
 * @param setAside records that are not published: how many for which reason
 * @param repeated records that said again what another one says
 */
record EntityLoad(
    String entity, int version, long rows, Map<String, Long> setAside, long repeated) {
  long setAsideInAll() {
    return setAside.values().stream().mapToLong(Long::longValue).sum();
  }
}
