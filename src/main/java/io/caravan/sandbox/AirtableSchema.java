package io.caravan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Tables, fields and views as the metadata API shows them. */
final class AirtableSchema {
  private AirtableSchema() {}

  static JsonNode tables(AirtableBase base) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode tables = answer.putArray("tables");
    for (AirtableTable table : base.tables()) {
      ObjectNode shown =
          tables
              .addObject()
              .put("id", table.id())
              .put("name", table.name())
              .put("primaryFieldId", table.primary().id());
      ArrayNode fields = shown.putArray("fields");
      for (AirtableField field : table.fields()) {
        ObjectNode one =
            fields
                .addObject()
                .put("type", field.type().apiName())
                .put("id", field.id())
                .put("name", field.name());
        if (!field.options().isEmpty()) {
          one.set("options", field.options());
        }
      }
      ArrayNode views = shown.putArray("views");
      for (AirtableView view : table.views()) {
        views.addObject().put("id", view.id()).put("name", view.name()).put("type", "grid");
      }
    }
    return answer;
  }
}
