package io.caravan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.StreamSupport;

/** What the API shows of a cell, stored or computed. */
final class AirtableValues {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final int ATTACHMENT_URL_SECONDS = 7200;

  private AirtableValues() {}

  /**
   * The value of a field.
   *
   * @return null when it is empty, and so left out of a record
   */
  static JsonNode of(AirtableTable table, AirtableRecord record, AirtableField field) {
    return switch (field.type()) {
      case AUTO_NUMBER -> JSON.numberNode(record.number());
      case CREATED_TIME -> time(record.createdAt());
      case CREATED_BY -> record.createdBy().json();
      case LAST_MODIFIED_BY -> record.modifiedBy().json();
      case LAST_MODIFIED_TIME -> lastModified(record, field);
      case COUNT -> JSON.numberNode(AirtableLinks.linked(table, record, link(table, field)).size());
      case MULTIPLE_LOOKUP_VALUES -> lookedUp(table, record, field);
      case MULTIPLE_ATTACHMENTS -> attachments(table, record.cell(field.id()));
      case FORMULA, ROLLUP, BUTTON, EXTERNAL_SYNC_SOURCE, AI_TEXT -> computed(table, record, field);
      default -> record.cell(field.id());
    };
  }

  /** A time as cells show it, to the millisecond. */
  static String text(Instant time) {
    return TIME.format(time);
  }

  /** Times of records are seen with whole seconds only. */
  static Instant wholeSecond(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS);
  }

  private static JsonNode time(Instant time) {
    return JSON.textNode(text(wholeSecond(time)));
  }

  private static JsonNode lastModified(AirtableRecord record, AirtableField field) {
    JsonNode watched = field.options().path("referencedFieldIds");
    Instant at =
        watched.isEmpty()
            ? record.modifiedAt()
            : record.modifiedAt(
                StreamSupport.stream(watched.spliterator(), false).map(JsonNode::asText).toList());
    return at == null ? null : time(at);
  }

  private static AirtableField link(AirtableTable table, AirtableField field) {
    return table.field(field.options().path("recordLinkFieldId").asText());
  }

  private static JsonNode lookedUp(
      AirtableTable table, AirtableRecord record, AirtableField field) {
    AirtableField link = link(table, field);
    AirtableTable other = AirtableLinks.linkedTable(table, link);
    AirtableField there = other.field(field.options().path("fieldIdInLinkedTable").asText());
    ArrayNode values = JSON.arrayNode();
    for (AirtableRecord linked : AirtableLinks.linked(table, record, link)) {
      JsonNode value = of(other, linked, there);
      if (value != null && value.isArray()) {
        values.addAll((ArrayNode) value);
      } else if (value != null) {
        values.add(value);
      }
    }
    return values.isEmpty() ? null : values;
  }

  private static JsonNode attachments(AirtableTable table, JsonNode stored) {
    if (stored == null) {
      return null;
    }
    long expires =
        (table.base().workspace().now().getEpochSecond() / ATTACHMENT_URL_SECONDS + 1)
            * ATTACHMENT_URL_SECONDS;
    ArrayNode shown = JSON.arrayNode();
    for (JsonNode attachment : stored) {
      ObjectNode copy = shown.addObject();
      copy.setAll((ObjectNode) attachment);
      copy.put(
          "url",
          "https://v5.airtableusercontent.com/v3/%d/%s/%s"
              .formatted(expires, attachment.get("id").asText(), attachment.get("size").asText()));
    }
    return shown;
  }

  private static JsonNode computed(
      AirtableTable table, AirtableRecord record, AirtableField field) {
    JsonNode value = field.formula().apply(new Row(table, record));
    boolean empty =
        value == null
            || value.isNull()
            || value.isTextual() && value.asText().isEmpty()
            || value.isBoolean() && !value.asBoolean()
            || value.isArray() && value.isEmpty();
    return empty ? null : value;
  }

  private record Row(AirtableTable table, AirtableRecord record) implements AirtableRow {
    @Override
    public String id() {
      return record.id();
    }

    @Override
    public JsonNode value(String fieldName) {
      JsonNode value = of(table, record, table.field(fieldName));
      return value == null ? NullNode.getInstance() : value;
    }
  }

  /**
   * A record as the API shows it.
   *
   * @param fields which are shown
   * @param byId whether their ids name them
   * @param text whether values are the text a person sees
   */
  static ObjectNode record(
      AirtableTable table,
      AirtableRecord record,
      List<AirtableField> fields,
      boolean byId,
      boolean text) {
    ObjectNode shown = JSON.objectNode().put("id", record.id());
    shown.set("createdTime", time(record.createdAt()));
    ObjectNode cells = shown.putObject("fields");
    for (AirtableField field : fields) {
      JsonNode value = of(table, record, field);
      if (value != null) {
        cells.set(
            byId ? field.id() : field.name(),
            text ? JSON.textNode(AirtableText.of(table, record, field)) : value);
      }
    }
    return shown;
  }
}
