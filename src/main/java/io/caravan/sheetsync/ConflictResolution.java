package io.caravan.sheetsync;

/** Who wins where both sides changed the same field differently (TS-14). */
public enum ConflictResolution {
  AIRTABLE_WINS,
  SHEETS_WINS,

  /** The later edit, where the times can be compared; else the configured fallback. */
  NEWEST_WINS,

  /** Nobody: both sides keep their value until a person decides. */
  MANUAL
}
