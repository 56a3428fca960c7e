package io.caravan.sheetsync;

/** Which side is changed by the other (TS-05). */
public enum SyncDirection {
  AIRTABLE_TO_SHEETS,
  SHEETS_TO_AIRTABLE,
  BIDIRECTIONAL
}
