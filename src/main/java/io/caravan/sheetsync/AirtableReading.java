package io.caravan.sheetsync;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.airtable.AirtableCall;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Reads a table page by page, from the start again when Airtable has lost the place. */
final class AirtableReading {
  private static final int MOST_RESTARTS = 3;
  static final int LARGEST_PAGE = 100;

  private final UUID connection;
  private final String base;
  private final String table;
  private final Map<String, List<String>> parameters = new LinkedHashMap<>();
  private final List<JsonNode> records = new ArrayList<>();
  private final Set<String> offsets = new HashSet<>();
  private String offset;
  private boolean complete;
  private int restarts;

  /**
   * @param view null for the whole table
   * @param fields ids of the fields that are asked for
   * @param pageSize at most Airtable's 100
   */
  AirtableReading(
      UUID connection, String base, String table, String view, List<String> fields, int pageSize) {
    this.connection = connection;
    this.base = base;
    this.table = table;
    parameters.put("pageSize", List.of(String.valueOf(Math.min(LARGEST_PAGE, pageSize))));
    parameters.put("returnFieldsByFieldId", List.of("true"));
    if (view != null) {
      parameters.put("view", List.of(view));
    }
    parameters.put("fields[]", fields);
  }

  /** Whether it reads just these fields. */
  boolean isOf(List<String> fields) {
    return parameters.get("fields[]").equals(fields);
  }

  /**
   * Reads some records by their ids, wherever they are in the table; those that are gone are not
   * among the answer (field reference: formulas).
   *
   * @param ids at most a hundred, so that they are one page
   */
  static AirtableCall byIds(
      UUID connection, String base, String table, List<String> fields, List<String> ids) {
    String anyOfThem =
        ids.stream()
            .map("RECORD_ID()='%s'"::formatted)
            .collect(Collectors.joining(",", "OR(", ")"));
    return AirtableCall.get(
        connection,
        base,
        List.of(base, table),
        Map.of(
            "pageSize",
            List.of(String.valueOf(LARGEST_PAGE)),
            "returnFieldsByFieldId",
            List.of("true"),
            "fields[]",
            fields,
            "filterByFormula",
            List.of(anyOfThem)));
  }

  boolean isMore() {
    return !complete;
  }

  AirtableCall next() {
    Map<String, List<String>> asked = new LinkedHashMap<>(parameters);
    if (offset != null) {
      asked.put("offset", List.of(offset));
    }
    return AirtableCall.get(connection, base, List.of(base, table), asked);
  }

  /**
   * @throws Failure of kind transient when the same page would come again
   */
  void accept(JsonNode page) {
    add(page);
    offset = page.hasNonNull("offset") ? page.get("offset").asText() : null;
    complete = offset == null;
    if (!complete && !offsets.add(offset)) {
      throw new Failure(
          FailureKind.TRANSIENT, "Airtable answers the same page over and over; it is read again.");
    }
  }

  /** Takes records that were asked for apart. */
  void add(JsonNode page) {
    page.path("records").forEach(records::add);
  }

  /**
   * The place in the table is lost: what was read counts no more (list records reference).
   *
   * @throws Failure of kind transient when that happens again and again
   */
  void restart(Failure lost) {
    if (++restarts > MOST_RESTARTS) {
      throw lost;
    }
    records.clear();
    offsets.clear();
    offset = null;
  }

  /** All records, in Airtable's order. */
  List<JsonNode> records() {
    return records;
  }
}
