package io.caravan.bluegreen;

import java.util.Map;

/**
 * What came of loading an entity.
 *
 * @param rows in the new version
 * @param setAside records that are not published: how many for which reason
 * @param duplicates rows that share a key with another row that says something else
 * @param repeated records that said again what another one says
 */
record EntityLoad(
    String entity,
    int version,
    long rows,
    Map<String, Long> setAside,
    long duplicates,
    long repeated) {}
