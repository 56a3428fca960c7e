package io.caravan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** What is stored of a record; who uses it holds the server's lock. */
final class AirtableRecord {
  private final String id;
  private final int number;
  private final Instant createdAt;
  private final AirtableUser createdBy;
  private final Map<String, JsonNode> cells = new LinkedHashMap<>();
  private final Map<String, Instant> modifiedAt = new HashMap<>();
  private AirtableUser modifiedBy;

  AirtableRecord(String id, int number, Instant createdAt, AirtableUser createdBy) {
    this.id = id;
    this.number = number;
    this.createdAt = createdAt;
    this.createdBy = createdBy;
    modifiedBy = createdBy;
  }

  String id() {
    return id;
  }

  int number() {
    return number;
  }

  Instant createdAt() {
    return createdAt;
  }

  AirtableUser createdBy() {
    return createdBy;
  }

  AirtableUser modifiedBy() {
    return modifiedBy;
  }

  /** What was stored in a writable field, null when it is empty. */
  JsonNode cell(String fieldId) {
    return cells.get(fieldId);
  }

  /**
   * Stores a value; the same one again is no modification.
   *
   * @param value null for empty
   */
  void store(String fieldId, JsonNode value, Instant now, AirtableUser by) {
    JsonNode before = value == null ? cells.remove(fieldId) : cells.put(fieldId, value);
    if (!Objects.equals(before, value)) {
      modifiedAt.put(fieldId, now);
      modifiedBy = by;
    }
  }

  /** When one of all fields was modified last; the creation counts. */
  Instant modifiedAt() {
    return modifiedAt.values().stream().reduce(createdAt, AirtableRecord::later);
  }

  /** When one of these fields was modified last, null when none ever was. */
  Instant modifiedAt(Collection<String> fieldIds) {
    return fieldIds.stream()
        .map(modifiedAt::get)
        .filter(Objects::nonNull)
        .reduce(AirtableRecord::later)
        .orElse(null);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
