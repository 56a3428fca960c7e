package io.caravan.sheetsync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.caravan.sheetsync.Value.Decimal;
import io.caravan.sheetsync.Value.Flag;
import io.caravan.sheetsync.Value.Items;
import io.caravan.sheetsync.Value.Reference;
import io.caravan.sheetsync.Value.References;
import io.caravan.sheetsync.Value.Text;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Whatever Airtable computes or we do not write: read by the shape of its JSON, shown in the sheet
 * and never taken back. Attachments are shown by file name and compared by id, as their URLs expire
 * after two hours (defect D10).
 */
final class ShownCodec implements FieldCodec {
  private static final JsonMapper SORTED =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  @Override
  public Value ofAirtable(JsonNode json) {
    if (json.isArray()) {
      return ofArray(json);
    }
    if (json.isObject()) {
      Reference reference = reference(json);
      return reference == null ? text(plain(json)) : new References(List.of(reference));
    }
    return switch (json.getNodeType()) {
      case NUMBER -> new Decimal(json.decimalValue());
      case BOOLEAN -> new Flag(json.booleanValue());
      default -> text(json.asText());
    };
  }

  private static Value ofArray(JsonNode array) {
    List<Reference> references = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (JsonNode element : array) {
      Reference reference = element.isObject() ? reference(element) : null;
      if (reference != null) {
        references.add(reference);
      } else if (!element.isNull()) {
        texts.add(plain(element));
      }
    }
    if (!references.isEmpty() && texts.isEmpty()) {
      return new References(references);
    }
    return texts.isEmpty() ? Value.EMPTY : new Items(texts);
  }

  private static Value text(String text) {
    return text.isEmpty() ? Value.EMPTY : new Text(text);
  }

  /** An attachment by its file name, a person by name or e-mail address. */
  private static Reference reference(JsonNode object) {
    return object.path("id").isTextual()
        ? Stream.of("filename", "name", "email")
            .map(name -> object.path(name).asText())
            .filter(name -> !name.isEmpty())
            .findFirst()
            .map(name -> new Reference(object.path("id").textValue(), name))
            .orElse(null)
        : null;
  }

  /** A barcode's text, a button's label, an AI text's value, an errored formula's error. */
  static String plain(JsonNode json) {
    if (json.isNumber()) {
      return TextCodec.plain(json.decimalValue());
    }
    if (!json.isObject()) {
      return json.isBoolean() ? TextCodec.plain(json.booleanValue()) : json.asText();
    }
    return Stream.of("text", "label", "value", "error", "specialValue", "name")
        .map(json::path)
        .filter(JsonNode::isValueNode)
        .filter(value -> !value.isNull())
        .findFirst()
        .map(JsonNode::asText)
        .orElseGet(() -> sorted(json));
  }

  private static String sorted(JsonNode json) {
    try {
      return SORTED.writeValueAsString(SORTED.treeToValue(json, Object.class));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree of JSON is always JSON", e);
    }
  }

  @Override
  public JsonNode toAirtable(Value value) {
    throw new IllegalStateException("A read-only field is never written");
  }

  @Override
  public Value ofCell(Object cell, Value base) {
    return switch (cell) {
      case Boolean on -> new Flag(on);
      case Number number -> new Decimal(TextCodec.decimal(number));
      default -> new Text(cell.toString());
    };
  }

  @Override
  public boolean holds(Value value) {
    return switch (value) {
      case Text _, Decimal _, Flag _, Items _, References _ -> true;
      default -> false;
    };
  }

  @Override
  public Object toCell(Value value) {
    return switch (value) {
      case Text(String text) -> text;
      case Decimal(BigDecimal number) -> number;
      case Flag(boolean on) -> on;
      case Items(List<String> names) -> NameList.join(names);
      case References references -> NameList.join(references.names());
      default -> throw new IllegalStateException("Not a value of this codec");
    };
  }
}
