package io.caravan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;

/** A record as a formula sees it. */
public interface AirtableRow {
  /** The record's id. */
  String id();

  /**
   * What stands in a field, computed ones included.
   *
   * @return a null node when it is empty
   * @throws IllegalArgumentException when the table has no such field
   */
  JsonNode value(String fieldName);
}
