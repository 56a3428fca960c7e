package io.caravan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The changes of one request: every value is checked first, and only then all are made. So one bad
 * record leaves everything as it was.
 */
final class AirtableWrite {
  private final AirtableTable table;
  private final AirtableUser by;
  private final AirtableCells cells;
  private final List<Runnable> changes = new ArrayList<>();
  private final Map<AirtableField, Set<String>> newChoices = new LinkedHashMap<>();
  private final Map<String, String> newLinked = new HashMap<>();

  /**
   * @param typecast whether text is converted, and choices and linked records are made for it
   */
  AirtableWrite(AirtableTable table, AirtableUser by, boolean typecast) {
    this.table = table;
    this.by = by;
    this.cells = new AirtableCells(table, typecast, this);
  }

  /**
   * Checks a record to be created.
   *
   * @return the id that it will have
   * @throws Refusal when a value cannot be stored
   */
  String create(JsonNode fields) {
    Map<AirtableField, JsonNode> values = checked(fields);
    String id = table.base().workspace().nextId("rec");
    changes.add(
        () -> {
          AirtableRecord record = table.insert(id, by);
          values.forEach((field, value) -> table.store(record, field, value, by));
        });
    return id;
  }

  /**
   * Checks changes of a record.
   *
   * @param replaces whether writable fields that are not named become empty
   * @throws Refusal when a value cannot be stored
   */
  void update(AirtableRecord record, JsonNode fields, boolean replaces) {
    Map<AirtableField, JsonNode> values = checked(fields);
    if (replaces) {
      for (AirtableField field : table.fields()) {
        if (!field.type().isComputed() && !values.containsKey(field)) {
          values.put(field, null);
        }
      }
    }
    changes.add(() -> values.forEach((field, value) -> table.store(record, field, value, by)));
  }

  /** Makes all changes that were checked. */
  void apply() {
    newChoices.forEach(
        (field, names) -> {
          // By its id: an earlier write of this request may have replaced the field.
          AirtableField now = table.field(field.id());
          List<String> missing =
              names.stream().filter(name -> !now.choices().contains(name)).toList();
          table.replace(now.withChoices(missing));
        });
    changes.forEach(Runnable::run);
  }

  /** Makes the choice exist when this is applied. */
  void choice(AirtableField field, String name) {
    newChoices.computeIfAbsent(field, unseen -> new LinkedHashSet<>()).add(name);
  }

  /** The id of a record of this name that will exist when this is applied. */
  String linked(AirtableTable other, String name) {
    return newLinked.computeIfAbsent(
        other.id() + "/" + name,
        unseen -> {
          String id = table.base().workspace().nextId("rec");
          changes.add(
              () ->
                  other.store(
                      other.insert(id, by),
                      other.primary(),
                      JsonNodeFactory.instance.textNode(name),
                      by));
          return id;
        });
  }

  private Map<AirtableField, JsonNode> checked(JsonNode fields) {
    Map<AirtableField, JsonNode> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> given : fields.properties()) {
      AirtableField field =
          table.find(given.getKey()).orElseThrow(() -> AirtableErrors.unknownField(given.getKey()));
      values.put(field, cells.accept(field, given.getValue()));
    }
    return values;
  }
}
