package io.caravan.connectorsync.dataset;

/**
 * A record in the form of the staging table.
 *
 * @param hash of its content
 * @param textHash as in its {@link Outline}
 * @param position of the record among the load's, from 1
 * @param bytes about as many as its JSON has
 * @param values of {@link ColumnValues} in the order of the columns; later columns are null
 * @param more JSON of what has no column; null where there is none
 */
record Row(
    String key,
    byte[] hash,
    byte[] textHash,
    long position,
    long bytes,
    Object[] values,
    byte[] more) {}
