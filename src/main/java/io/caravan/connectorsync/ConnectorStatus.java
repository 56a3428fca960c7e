package io.caravan.connectorsync;

/** The seed's statuses, and one that says what a person has to do. */
public enum ConnectorStatus {
  /** Synced when it is due. */
  ACTIVE,
  /** Somebody switched it off. */
  INACTIVE,
  /** Given up after failures over a long time; somebody has to set it to ACTIVE (CN-11). */
  ERROR,
  /** A node is syncing it now. */
  SYNCING,
  /** Its credentials or settings are refused; a test that succeeds makes it ACTIVE again. */
  NEEDS_ATTENTION
}
