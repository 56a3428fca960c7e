package io.caravan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/** Finds the record that an upsert means by the values in up to three fields. */
final class AirtableMatch {
  private static final Set<AirtableFieldType> ALLOWED =
      EnumSet.of(
          AirtableFieldType.NUMBER,
          AirtableFieldType.SINGLE_LINE_TEXT,
          AirtableFieldType.MULTILINE_TEXT,
          AirtableFieldType.SINGLE_SELECT,
          AirtableFieldType.MULTIPLE_SELECTS,
          AirtableFieldType.DATE);

  private final AirtableTable table;
  private final List<AirtableField> fields;

  /**
   * @param names of the fields, or their ids
   * @throws Refusal when they are none, more than three, unknown or of another type
   */
  AirtableMatch(AirtableTable table, JsonNode names) {
    this.table = table;
    if (names.isEmpty() || names.size() > 3) {
      throw AirtableErrors.invalidParameters();
    }
    fields =
        StreamSupport.stream(names.spliterator(), false)
            .map(JsonNode::asText)
            .map(name -> table.find(name).orElseThrow(() -> AirtableErrors.unknownField(name)))
            .toList();
    if (!fields.stream().allMatch(field -> ALLOWED.contains(field.type()))) {
      throw AirtableErrors.invalidParameters();
    }
  }

  /**
   * The record with these values.
   *
   * @return null when there is none, as when a value is empty
   * @throws Refusal when there are several
   */
  String of(JsonNode given) {
    List<String> found =
        table.records().stream()
            .filter(record -> fields.stream().allMatch(field -> isSame(record, field, given)))
            .map(AirtableRecord::id)
            .toList();
    if (found.size() > 1) {
      throw AirtableErrors.unprocessable(
          "INVALID_RECORDS", "Cannot upsert: more than one record matches the fields to merge on.");
    }
    return found.isEmpty() ? null : found.getFirst();
  }

  private static boolean isSame(AirtableRecord record, AirtableField field, JsonNode given) {
    JsonNode wanted = given.path(given.has(field.id()) ? field.id() : field.name());
    JsonNode stored = record.cell(field.id());
    if (stored == null) {
      return false;
    }
    return stored.isNumber() && wanted.isNumber()
        ? stored.decimalValue().compareTo(wanted.decimalValue()) == 0
        : stored.equals(wanted);
  }
}
