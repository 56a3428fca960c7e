package io.caravan.sheetsync;

/** Where a value stands, or who wins. */
public enum Side {
  AIRTABLE,
  SHEETS
}
