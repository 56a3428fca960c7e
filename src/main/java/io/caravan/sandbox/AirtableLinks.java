package io.caravan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/** Links between records: a link has two ends, and changing one changes the other. */
final class AirtableLinks {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String TABLE = "linkedTableId";
  private static final String INVERSE = "inverseLinkFieldId";

  private AirtableLinks() {}

  /** Adds a link and its other end; a table's link to itself has only one. */
  static void add(AirtableTable table, String name, AirtableTable other) {
    AirtableField link =
        AirtableField.of(name, AirtableFieldType.MULTIPLE_RECORD_LINKS)
            .with(TABLE, other.id())
            .with("isReversed", JSON.booleanNode(false))
            .with("prefersSingleRecordLink", JSON.booleanNode(false));
    String linkId = StandInIds.of("fld", table.id() + "/" + name);
    if (table == other) {
      table.add(link.withId(linkId));
      return;
    }
    String backName = table.name();
    for (int i = 2; other.find(backName).isPresent(); i++) {
      backName = table.name() + " " + i;
    }
    String backId = StandInIds.of("fld", other.id() + "/" + backName);
    table.add(link.withId(linkId).with(INVERSE, backId));
    other.add(link.withId(backId).withName(backName).with(TABLE, table.id()).with(INVERSE, linkId));
  }

  static AirtableField lookup(
      AirtableTable table, String name, AirtableField link, String fieldThere) {
    AirtableField target = linkedTable(table, link).field(fieldThere);
    ObjectNode result = JSON.objectNode().put("type", target.type().apiName());
    if (!target.options().isEmpty()) {
      result.set("options", target.options());
    }
    return AirtableField.of(name, AirtableFieldType.MULTIPLE_LOOKUP_VALUES)
        .with("isValid", JSON.booleanNode(true))
        .with("recordLinkFieldId", link.id())
        .with("fieldIdInLinkedTable", target.id())
        .with("result", result);
  }

  /** The table a link field leads to. */
  static AirtableTable linkedTable(AirtableTable table, AirtableField link) {
    return table.base().table(link.options().path(TABLE).asText());
  }

  /** The records a link leads to, in its order. */
  static List<AirtableRecord> linked(
      AirtableTable table, AirtableRecord record, AirtableField link) {
    return table.base().find(link.options().path(TABLE).asText()).stream()
        .flatMap(other -> ids(record, link).stream().map(other::record).flatMap(Optional::stream))
        .toList();
  }

  /** Stores a link and changes its other ends. */
  static void store(
      AirtableTable table,
      AirtableRecord record,
      AirtableField link,
      JsonNode value,
      AirtableUser by) {
    Set<String> before = ids(record, link);
    record.store(link.id(), value, table.base().workspace().now(), by);
    Set<String> after = ids(record, link);
    Optional<AirtableTable> other = table.base().find(link.options().path(TABLE).asText());
    if (other.isEmpty() || !link.options().has(INVERSE)) {
      return;
    }
    String back = link.options().path(INVERSE).asText();
    before.stream()
        .filter(id -> !after.contains(id))
        .forEach(id -> change(other.get(), id, back, record.id(), false, by));
    after.stream()
        .filter(id -> !before.contains(id))
        .forEach(id -> change(other.get(), id, back, record.id(), true, by));
  }

  private static void change(
      AirtableTable table,
      String recordId,
      String fieldId,
      String other,
      boolean linked,
      AirtableUser by) {
    AirtableRecord record = table.record(recordId).orElse(null);
    if (record == null || table.find(fieldId).isEmpty()) {
      return;
    }
    Set<String> ids = ids(record, table.field(fieldId));
    if (linked) {
      ids.add(other);
    } else {
      ids.remove(other);
    }
    ArrayNode value = JSON.arrayNode();
    ids.forEach(value::add);
    record.store(fieldId, value.isEmpty() ? null : value, table.base().workspace().now(), by);
  }

  private static Set<String> ids(AirtableRecord record, AirtableField link) {
    Set<String> ids = new LinkedHashSet<>();
    JsonNode cell = record.cell(link.id());
    if (cell != null) {
      StreamSupport.stream(cell.spliterator(), false).forEach(id -> ids.add(id.asText()));
    }
    return ids;
  }
}
