package io.caravan.connectorsync.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * By what a record is known: one value as it is, several as an array of JSON, so that no two look
 * the same.
 */
final class RecordKey {
  /** PostgreSQL's B-trees take 2 704 bytes; headers need some. */
  private static final int LONGEST = 2_600;

  private final List<String> fields;

  /**
   * @param fields of the primary key; empty where the content is the key
   */
  RecordKey(List<String> fields) {
    this.fields = fields;
  }

  List<String> fields() {
    return fields;
  }

  /**
   * @return null where the content is the key
   * @throws SetAside when the record has none, or none that PostgreSQL could hold
   */
  String of(JsonNode record) {
    if (!record.isObject()) {
      throw new SetAside("it is no object");
    }
    String[] parts = new String[fields.size()];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = part(record, fields.get(i));
    }
    return of(parts);
  }

  /**
   * @param parts the values of the fields, as text
   * @throws SetAside as above
   */
  String of(String[] parts) {
    if (parts.length == 0) {
      return null;
    }
    String key = parts.length == 1 ? parts[0] : array(parts);
    ColumnValues.storable(key);
    if (key.length() * 3 > LONGEST && key.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
      throw new SetAside("its primary key is longer than %,d bytes".formatted(LONGEST));
    }
    return key;
  }

  private static String array(String[] parts) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode(parts.length);
    for (String part : parts) {
      array.add(ColumnValues.storable(part));
    }
    return array.toString();
  }

  private static String part(JsonNode record, String field) {
    JsonNode node = record.get(field);
    if (node == null || node.isNull()) {
      throw new SetAside("its primary key is missing (%s)".formatted(field));
    }
    if (node.isContainerNode()) {
      throw new SetAside("its primary key is no single value (%s)".formatted(field));
    }
    return node.asText();
  }
}
