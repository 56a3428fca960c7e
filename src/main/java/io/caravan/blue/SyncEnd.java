package io.caravan.blue;

/**
 * How a sync ended.
 *
 * @param error null when it succeeded
 */
record SyncEnd(String status, String error) {
  static final String SUCCEEDED = "succeeded";

  static SyncEnd failed(String error) {
    return new SyncEnd("failed", error);
  }
}
