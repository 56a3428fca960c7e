package io.caravan.connectorsync.dataset;

/** The seed's statuses of a dataset. */
public enum DatasetStatus {
  /** There was no load yet. */
  PENDING,
  /** A load is under way. */
  PROCESSING,
  /** Its records can be read. */
  READY,
  /** It has no records, as its only loads failed. */
  FAILED,
  /** Its load waits for its turn. */
  QUEUED
}
