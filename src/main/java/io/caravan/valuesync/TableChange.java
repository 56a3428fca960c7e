package io.caravan.valuesync;

/** What two readings of a table's state say about its rows. */
public enum TableChange {
  /** Rows changed, or nobody can tell. */
  CHANGED,
  /** No row changed between the readings. */
  UNCHANGED,
  /**
   * No sign of a change, but one may not have been counted yet. Read again after {@link
   * ChangeProbe#SETTLING}: when {@link ChangeProbe#settled} then says so, no row had changed at the
   * first of these two readings.
   */
  LIKELY_UNCHANGED
}
