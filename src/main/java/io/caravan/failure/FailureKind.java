package io.caravan.failure;

/**
 * Why a piece of work did not succeed, and with that what is done about it
 * (docs/decisions/0004-failure-kinds.md).
 */
public enum FailureKind {
  /** Will likely pass by itself: connection reset, 429, 502 to 504, deadlock. Tried again. */
  TRANSIENT,
  /** The other side refuses us: wrong password, revoked grant, missing right. Never tried again. */
  AUTHORISATION,
  /** What we were told to do cannot be done: unknown column, bad mapping. Never tried again. */
  CONFIGURATION,
  /** One record is bad; the rest went on. */
  DATA,
  /** The result looks dangerous, so nothing was written. Needs {@code force} with a reason. */
  BRAKE,
  /** Did not end within its limit and was stopped. */
  TIMEOUT,
  /** Somebody asked us to stop. */
  CANCELLED,
  /**
   * This node shuts down or lost its lease; the work goes back and is done by whoever comes next.
   */
  INTERRUPTED,
  /** A defect of ours. */
  INTERNAL
}
