package io.caravan.connectorsync.dataset;

/**
 * What tells whether the dataset has a record just so; most have not changed, and need no row.
 *
 * @param key null where the hash is the key and there is none
 * @param hash null where a field has no column yet, so that the dataset cannot have it
 */
record Outline(String key, byte[] hash, Arrival record) {}
