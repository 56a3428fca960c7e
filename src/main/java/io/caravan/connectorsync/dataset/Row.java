package io.caravan.connectorsync.dataset;

/**
 * A record in the form of the staging table.
 *
 * @param position of the record among the load's, from 1
 * @param values of {@link ColumnValues} in the order of the columns; later columns are null
 * @param more JSON of what has no column; null where there is none
 */
record Row(String key, byte[] hash, long position, Object[] values, byte[] more) {}
