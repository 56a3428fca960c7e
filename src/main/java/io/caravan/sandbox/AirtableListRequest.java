package io.caravan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * What a list of records is asked for, in the URL or in the body of {@code listRecords}.
 *
 * @param fields names or ids, empty for all of them
 * @param maxRecords over all pages
 * @param byFieldId whether answers name fields by their ids
 * @param asText whether values are the text a person sees
 */
record AirtableListRequest(
    int pageSize,
    int maxRecords,
    Optional<String> offset,
    List<String> fields,
    List<AirtableSort> sort,
    Optional<String> view,
    Optional<String> filterByFormula,
    boolean byFieldId,
    boolean asText) {
  private static final int LARGEST_PAGE = 100;

  /** From the URL's parameters, {@code fields[]} and {@code sort[0][field]} among them. */
  static AirtableListRequest ofQuery(StandInCall call) {
    List<AirtableSort> sort = new ArrayList<>();
    for (int i = 0; call.query().containsKey("sort[" + i + "][field]"); i++) {
      sort.add(
          sort(
              call.parameter("sort[" + i + "][field]").orElseThrow(),
              call.parameter("sort[" + i + "][direction]").orElse("asc")));
    }
    return new AirtableListRequest(
        number(call.parameter("pageSize"), LARGEST_PAGE),
        number(call.parameter("maxRecords"), Integer.MAX_VALUE),
        call.parameter("offset"),
        call.parameters(List.of("fields[]", "fields")),
        sort,
        call.parameter("view"),
        call.parameter("filterByFormula"),
        call.parameter("returnFieldsByFieldId").filter(Boolean::parseBoolean).isPresent(),
        isText(call, call.parameter("cellFormat")));
  }

  /** From the body; time zone and locale stand in the URL even then. */
  static AirtableListRequest ofBody(StandInCall call, JsonNode body) {
    List<AirtableSort> sort = new ArrayList<>();
    body.path("sort")
        .forEach(
            each ->
                sort.add(sort(each.path("field").asText(), each.path("direction").asText("asc"))));
    return new AirtableListRequest(
        number(text(body, "pageSize"), LARGEST_PAGE),
        number(text(body, "maxRecords"), Integer.MAX_VALUE),
        text(body, "offset"),
        StreamSupport.stream(body.path("fields").spliterator(), false)
            .map(JsonNode::asText)
            .toList(),
        sort,
        text(body, "view"),
        text(body, "filterByFormula"),
        body.path("returnFieldsByFieldId").asBoolean(),
        isText(call, text(body, "cellFormat")));
  }

  AirtableListRequest {
    if (pageSize < 1 || pageSize > LARGEST_PAGE || maxRecords < 1) {
      throw AirtableErrors.invalidParameters();
    }
  }

  private static Optional<String> text(JsonNode body, String name) {
    return body.hasNonNull(name) ? Optional.of(body.get(name).asText()) : Optional.empty();
  }

  private static int number(Optional<String> text, int otherwise) {
    try {
      return text.map(Integer::valueOf).orElse(otherwise);
    } catch (NumberFormatException e) {
      throw AirtableErrors.invalidParameters();
    }
  }

  private static AirtableSort sort(String field, String direction) {
    if (!List.of("asc", "desc").contains(direction)) {
      throw AirtableErrors.invalidParameters();
    }
    return new AirtableSort(field, direction.equals("asc"));
  }

  private static boolean isText(StandInCall call, Optional<String> cellFormat) {
    boolean text = cellFormat.filter("string"::equals).isPresent();
    if (text && (call.parameter("timeZone").isEmpty() || call.parameter("userLocale").isEmpty())) {
      throw AirtableErrors.unprocessable(
          "INVALID_REQUEST_UNKNOWN",
          "When using cellFormat \"string\", timeZone and userLocale are required.");
    }
    return text;
  }
}
