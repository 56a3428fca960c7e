package io.caravan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which fields of an answer are wanted, as in {@code
 * spreadsheetId,sheets.properties(sheetId,title)}.
 */
final class SheetsFieldMask {
  /** By name what is wanted below it; nothing for everything below. */
  private final Map<String, SheetsFieldMask> fields = new LinkedHashMap<>();

  private SheetsFieldMask() {}

  /**
   * Reads a mask.
   *
   * @throws Refusal when its parentheses do not match
   */
  static SheetsFieldMask of(String text) {
    SheetsFieldMask root = new SheetsFieldMask();
    int end = root.read(text, 0);
    if (end != text.length()) {
      throw SheetsErrors.invalid("Invalid field selection " + text);
    }
    return root;
  }

  private int read(String text, int from) {
    SheetsFieldMask at = this;
    int start = from;
    for (int i = from; i <= text.length(); i++) {
      char sign = i == text.length() ? ',' : text.charAt(i);
      if (",./()".indexOf(sign) < 0) {
        continue;
      }
      String name = text.substring(start, i).trim();
      if (!name.isEmpty()) {
        at = at.fields.computeIfAbsent(name, unseen -> new SheetsFieldMask());
      }
      if (sign == '(') {
        i = at.read(text, i + 1);
        if (i >= text.length() || text.charAt(i) != ')') {
          throw SheetsErrors.invalid("Invalid field selection " + text);
        }
      } else if (sign == ')') {
        return i;
      } else if (sign == ',') {
        at = this;
      }
      start = i + 1;
    }
    return text.length();
  }

  /** Whether a field below others is wanted. */
  boolean wants(String... path) {
    SheetsFieldMask at = this;
    for (String name : path) {
      if (at.fields.isEmpty() || at.fields.containsKey("*")) {
        return true;
      }
      at = at.fields.get(name);
      if (at == null) {
        return false;
      }
    }
    return true;
  }

  /** The answer with only what is wanted; of a list the mask means each element. */
  JsonNode prune(JsonNode answer) {
    if (fields.isEmpty() || fields.containsKey("*")) {
      return answer;
    }
    if (answer.isArray()) {
      ArrayNode pruned = JsonNodeFactory.instance.arrayNode();
      answer.forEach(element -> pruned.add(prune(element)));
      return pruned;
    }
    if (!answer.isObject()) {
      return answer;
    }
    ObjectNode pruned = JsonNodeFactory.instance.objectNode();
    answer
        .properties()
        .forEach(
            field -> {
              SheetsFieldMask below = fields.get(field.getKey());
              if (below != null) {
                pruned.set(field.getKey(), below.prune(field.getValue()));
              }
            });
    return pruned;
  }
}
