package io.caravan.connectorsync.dataset;

/**
 * What tells whether the dataset has a record just as it came; most do not change, and need no row.
 *
 * @param key null where the content is the key
 * @param textHash of key and text; null where the record has no text, or no key to look it up by
 */
record Outline(String key, byte[] textHash, Arrival record) {}
