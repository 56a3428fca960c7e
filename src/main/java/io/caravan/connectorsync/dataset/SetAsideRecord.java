package io.caravan.connectorsync.dataset;

import java.util.UUID;

/**
 * A record that could not be stored.
 *
 * @param position among the records of its load, from 1
 * @param reason without a value of it
 * @param record its first 10 kB; null where it could not even be read
 */
public record SetAsideRecord(UUID syncId, long position, String reason, String record) {}
