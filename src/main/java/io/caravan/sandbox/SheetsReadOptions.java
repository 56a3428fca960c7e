package io.caravan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.Function;

/** How values are to be read. */
record SheetsReadOptions(boolean byColumns, SheetsOutput output, boolean datesAsText) {
  /**
   * From the parameters of a URL.
   *
   * @throws Refusal when one is none
   */
  static SheetsReadOptions ofQuery(StandInCall call) {
    return of(call::parameter, "majorDimension", "valueRenderOption", "dateTimeRenderOption");
  }

  /** From a body. */
  static SheetsReadOptions ofBody(JsonNode body) {
    return of(in(body), "majorDimension", "valueRenderOption", "dateTimeRenderOption");
  }

  /** Of the values that a write answers with, null when it is to answer with none. */
  static SheetsReadOptions ofEcho(StandInCall call) {
    return call.parameter("includeValuesInResponse").filter("true"::equals).isEmpty()
        ? null
        : of(call::parameter, "", "responseValueRenderOption", "responseDateTimeRenderOption");
  }

  /** The same, asked for in a body. */
  static SheetsReadOptions ofEcho(JsonNode body) {
    return body.path("includeValuesInResponse").asBoolean()
        ? of(in(body), "", "responseValueRenderOption", "responseDateTimeRenderOption")
        : null;
  }

  private static Function<String, Optional<String>> in(JsonNode body) {
    return name -> Optional.ofNullable(body.get(name)).map(JsonNode::asText);
  }

  private static SheetsReadOptions of(
      Function<String, Optional<String>> given, String dimension, String value, String dates) {
    return new SheetsReadOptions(
        given.apply(dimension).map(SheetsDimension::of).orElse(SheetsDimension.ROWS)
            == SheetsDimension.COLUMNS,
        SheetsOutput.of(given.apply(value).orElse("FORMATTED_VALUE")),
        given.apply(dates).filter("FORMATTED_STRING"::equals).isPresent());
  }

  /**
   * A value range; without the key {@code values} when there is nothing in it.
   *
   * @throws Refusal when it begins outside of the grid
   */
  ObjectNode read(SheetsRange asked) {
    SheetsRange range = asked.toRead();
    ObjectNode answer =
        JsonNodeFactory.instance
            .objectNode()
            .put("range", range.written())
            .put("majorDimension", byColumns ? "COLUMNS" : "ROWS");
    ArrayNode values = output.rows(range.tab(), range.area(), byColumns, datesAsText);
    if (!values.isEmpty()) {
      answer.set("values", values);
    }
    return answer;
  }
}
