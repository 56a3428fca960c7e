package io.caravan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Requests about developer metadata, and its search. */
final class SheetsMetadataRequests implements SheetsRequests {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final SheetsSpreadsheet spreadsheet;

  SheetsMetadataRequests(SheetsSpreadsheet spreadsheet) {
    this.spreadsheet = spreadsheet;
  }

  @Override
  public Map<String, Function<JsonNode, ObjectNode>> byKind() {
    return Map.of(
        "createDeveloperMetadata", this::create,
        "updateDeveloperMetadata", this::update,
        "deleteDeveloperMetadata", this::delete);
  }

  private ObjectNode create(JsonNode request) {
    JsonNode given = request.path("developerMetadata");
    SheetsMetadataStore store = spreadsheet.metadata();
    int id = given.has("metadataId") ? given.get("metadataId").asInt() : store.nextId();
    if (store.has(id)) {
      throw SheetsErrors.invalid("Developer metadata with the id " + id + " already exists.");
    }
    if (given.path("metadataKey").asText("").isEmpty()) {
      throw SheetsErrors.invalid("The metadata key must not be empty.");
    }
    SheetsMetadata created =
        located(
            given.path("location"),
            new SheetsMetadata(
                id,
                given.get("metadataKey").asText(),
                given.path("metadataValue").asText(null),
                visibility(given.path("visibility").asText("")),
                null,
                null,
                null));
    store.put(created);
    return reply("createDeveloperMetadata", created);
  }

  private ObjectNode reply(String kind, SheetsMetadata metadata) {
    ObjectNode reply = JSON.objectNode();
    reply
        .putObject(kind)
        .set("developerMetadata", new SheetsFilter(spreadsheet).places().json(metadata));
    return reply;
  }

  private static String visibility(String given) {
    if (!List.of("DOCUMENT", "PROJECT").contains(given)) {
      throw SheetsErrors.invalid("The visibility must be DOCUMENT or PROJECT.");
    }
    return given;
  }

  private SheetsMetadata located(JsonNode location, SheetsMetadata metadata) {
    SheetsFilter filter = new SheetsFilter(spreadsheet);
    SheetsTab tab = null;
    SheetsDimension dimension = null;
    SheetsLine line = null;
    if (location.has("sheetId")) {
      tab = filter.tab(location);
    } else if (location.has("dimensionRange")) {
      JsonNode range = location.get("dimensionRange");
      tab = filter.tab(range);
      dimension = SheetsDimension.of(range.path("dimension").asText());
      int start = range.path("startIndex").asInt(0);
      List<SheetsLine> lines = tab.grid().lines(dimension);
      if (range.path("endIndex").asInt() != start + 1 || start >= lines.size()) {
        throw SheetsErrors.invalid(
            "Developer metadata can be on a single row or column of the sheet only.");
      }
      line = lines.get(start);
    } else if (!location.path("spreadsheet").asBoolean()) {
      throw SheetsErrors.invalid("A location must be specified.");
    }
    return new SheetsMetadata(
        metadata.id(),
        metadata.key(),
        metadata.value(),
        metadata.visibility(),
        tab,
        dimension,
        line);
  }

  private ObjectNode update(JsonNode request) {
    SheetsFieldMask fields = SheetsSheetRequests.fields(request);
    JsonNode given = request.path("developerMetadata");
    ObjectNode reply = JSON.objectNode();
    ArrayNode changed = reply.putObject("updateDeveloperMetadata").putArray("developerMetadata");
    for (JsonNode one : request.path("dataFilters")) {
      for (SheetsMetadata before : new SheetsFilter(spreadsheet).metadata(one)) {
        SheetsMetadata after = changed(before, given, fields);
        spreadsheet.metadata().put(after);
        changed.add(new SheetsFilter(spreadsheet).places().json(after));
      }
    }
    return reply;
  }

  private SheetsMetadata changed(SheetsMetadata before, JsonNode given, SheetsFieldMask fields) {
    SheetsMetadata after =
        new SheetsMetadata(
            before.id(),
            fields.wants("metadataKey") ? given.path("metadataKey").asText() : before.key(),
            fields.wants("metadataValue")
                ? given.path("metadataValue").asText(null)
                : before.value(),
            fields.wants("visibility")
                ? visibility(given.path("visibility").asText(""))
                : before.visibility(),
            before.tab(),
            before.dimension(),
            before.line());
    return fields.wants("location") ? located(given.path("location"), after) : after;
  }

  private ObjectNode delete(JsonNode request) {
    SheetsFilter filter = new SheetsFilter(spreadsheet);
    ObjectNode reply = JSON.objectNode();
    ArrayNode deleted =
        reply.putObject("deleteDeveloperMetadata").putArray("deletedDeveloperMetadata");
    for (SheetsMetadata metadata : filter.metadata(request.path("dataFilter"))) {
      deleted.add(filter.places().json(metadata));
      spreadsheet.metadata().remove(metadata);
    }
    return reply;
  }

  /** {@code developerMetadata.search}: each that matches, with the filters that it matches. */
  JsonNode search(JsonNode body) {
    SheetsFilter filters = new SheetsFilter(spreadsheet);
    Map<SheetsMetadata, ArrayNode> matches = new LinkedHashMap<>();
    for (JsonNode filter : body.path("dataFilters")) {
      for (SheetsMetadata metadata : filters.metadata(filter)) {
        matches.computeIfAbsent(metadata, unseen -> JSON.arrayNode()).add(filter);
      }
    }
    ObjectNode answer = JSON.objectNode();
    matches.forEach(
        (metadata, by) -> {
          ObjectNode one = answer.withArray("matchedDeveloperMetadata").addObject();
          one.set("developerMetadata", filters.places().json(metadata));
          one.set("dataFilters", by);
        });
    return answer;
  }

  /**
   * {@code developerMetadata.get}.
   *
   * @throws Refusal 404 when there is none
   */
  JsonNode get(String id) {
    SheetsFilter filter = new SheetsFilter(spreadsheet);
    return spreadsheet
        .metadata()
        .find(metadata -> String.valueOf(metadata.id()).equals(id), filter.places())
        .stream()
        .findFirst()
        .map(filter.places()::json)
        .orElseThrow(SheetsErrors::notFound);
  }
}
