package io.caravan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The text a person sees in a cell: what formulas work on and {@code cellFormat=string} shows. */
final class AirtableText {
  private AirtableText() {}

  /** Empty when the cell is. */
  static String of(AirtableTable table, AirtableRecord record, AirtableField field) {
    if (field.type() == AirtableFieldType.MULTIPLE_RECORD_LINKS) {
      AirtableTable other = AirtableLinks.linkedTable(table, field);
      return AirtableLinks.linked(table, record, field).stream()
          .map(linked -> primary(other, linked))
          .collect(Collectors.joining(", "));
    }
    return of(field, AirtableValues.of(table, record, field));
  }

  /** The name of a record. */
  static String primary(AirtableTable table, AirtableRecord record) {
    return of(table, record, table.primary());
  }

  private static String of(AirtableField field, JsonNode value) {
    if (value == null) {
      return "";
    }
    if (value.isArray()) {
      return StreamSupport.stream(value.spliterator(), false)
          .map(each -> of(field, each))
          .collect(Collectors.joining(", "));
    }
    if (value.isObject()) {
      return object(value);
    }
    return switch (field.type()) {
      case CHECKBOX -> "checked";
      case NUMBER -> rounded(value.decimalValue(), field);
      case CURRENCY ->
          field.options().path("symbol").asText() + rounded(value.decimalValue(), field);
      case PERCENT -> rounded(value.decimalValue().movePointRight(2), field) + "%";
      default -> value.asText();
    };
  }

  private static String object(JsonNode value) {
    for (String name : new String[] {"name", "text", "filename", "label", "value", "email"}) {
      if (value.hasNonNull(name)) {
        return value.get(name).asText();
      }
    }
    return value.toString();
  }

  private static String rounded(BigDecimal number, AirtableField field) {
    return number
        .setScale(field.options().path("precision").asInt(), RoundingMode.HALF_UP)
        .toPlainString();
  }
}
