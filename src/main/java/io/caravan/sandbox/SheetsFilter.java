package io.caravan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.sandbox.SheetsMetadataStore.Places;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Data filters: ranges and metadata chosen by A1 notation, grid indexes or metadata. */
final class SheetsFilter {
  private final SheetsSpreadsheet spreadsheet;
  private final Places places;

  SheetsFilter(SheetsSpreadsheet spreadsheet) {
    this.spreadsheet = spreadsheet;
    this.places = SheetsMetadataStore.places();
  }

  Places places() {
    return places;
  }

  /**
   * The ranges a filter chooses: of metadata its row, column or sheet.
   *
   * @throws Refusal when it chooses in no way that exists
   */
  List<SheetsRange> ranges(JsonNode filter) {
    if (filter.has("a1Range")) {
      return List.of(SheetsRange.of(spreadsheet, filter.get("a1Range").asText()));
    }
    if (filter.has("gridRange")) {
      return List.of(gridRange(filter.get("gridRange")));
    }
    return metadata(filter).stream().flatMap(this::range).toList();
  }

  private Stream<SheetsRange> range(SheetsMetadata metadata) {
    if (metadata.tab() == null) {
      return spreadsheet.tabs().stream().map(tab -> range(tab, SheetsArea.ALL));
    }
    if (metadata.line() == null) {
      return Stream.of(range(metadata.tab(), SheetsArea.ALL));
    }
    int index = places.of(metadata).orElseThrow();
    return Stream.of(
        range(
            metadata.tab(),
            metadata.dimension() == SheetsDimension.ROWS
                ? new SheetsArea(index, index + 1, 0, SheetsArea.OPEN)
                : new SheetsArea(0, SheetsArea.OPEN, index, index + 1)));
  }

  private static SheetsRange range(SheetsTab tab, SheetsArea area) {
    return new SheetsRange(tab, area, SheetsA1.write(tab.title(), area.cutTo(tab.grid())));
  }

  /** A range by the indexes of its rows and columns, each of which may be left out. */
  SheetsRange gridRange(JsonNode given) {
    SheetsTab tab = tab(given);
    return range(
        tab,
        new SheetsArea(
            given.path("startRowIndex").asInt(0),
            given.path("endRowIndex").asInt(SheetsArea.OPEN),
            given.path("startColumnIndex").asInt(0),
            given.path("endColumnIndex").asInt(SheetsArea.OPEN)));
  }

  /**
   * The sheet with the id that something names.
   *
   * @throws Refusal when there is none
   */
  SheetsTab tab(JsonNode given) {
    int id = given.path("sheetId").asInt();
    return spreadsheet.find(id).orElseThrow(() -> SheetsErrors.invalid("No grid with id: " + id));
  }

  /** The metadata a filter chooses, oldest first. */
  List<SheetsMetadata> metadata(JsonNode filter) {
    return spreadsheet.metadata().find(wanted(filter), places);
  }

  private Predicate<SheetsMetadata> wanted(JsonNode filter) {
    if (filter.has("developerMetadataLookup")) {
      return lookup(filter.get("developerMetadataLookup"));
    }
    if (filter.has("a1Range") || filter.has("gridRange")) {
      SheetsRange range = ranges(filter).getFirst();
      return metadata -> range(metadata).anyMatch(its -> intersect(its, range));
    }
    throw SheetsErrors.invalid("Must specify at least one filter.");
  }

  private Predicate<SheetsMetadata> lookup(JsonNode lookup) {
    JsonNode location = lookup.path("metadataLocation");
    boolean exact = lookup.path("locationMatchingStrategy").asText("").equals("EXACT_LOCATION");
    return metadata ->
        same(lookup, "metadataId", String.valueOf(metadata.id()))
            && same(lookup, "metadataKey", metadata.key())
            && same(lookup, "metadataValue", metadata.value())
            && same(lookup, "visibility", metadata.visibility())
            && same(lookup, "locationType", metadata.locationType())
            && (location.isMissingNode() || isAt(metadata, location, exact));
  }

  private static boolean same(JsonNode lookup, String name, String value) {
    return !lookup.has(name) || lookup.get(name).asText().equals(value);
  }

  private boolean isAt(SheetsMetadata metadata, JsonNode location, boolean exact) {
    if (location.has("dimensionRange")) {
      JsonNode given = location.get("dimensionRange");
      SheetsDimension dimension = SheetsDimension.of(given.path("dimension").asText());
      int start = given.path("startIndex").asInt(0);
      int end = given.path("endIndex").asInt(SheetsArea.OPEN);
      SheetsRange range =
          range(
              tab(given),
              dimension == SheetsDimension.ROWS
                  ? new SheetsArea(start, end, 0, SheetsArea.OPEN)
                  : new SheetsArea(0, SheetsArea.OPEN, start, end));
      return exact
          ? metadata.dimension() == dimension && range(metadata).anyMatch(its -> isSame(its, range))
          : range(metadata).anyMatch(its -> intersect(its, range));
    }
    if (location.has("sheetId")) {
      SheetsTab tab = tab(location);
      return metadata.tab() == tab && (!exact || metadata.line() == null);
    }
    return !exact || metadata.tab() == null;
  }

  private static boolean isSame(SheetsRange one, SheetsRange other) {
    return one.tab() == other.tab() && one.area().equals(other.area());
  }

  private static boolean intersect(SheetsRange one, SheetsRange other) {
    return one.tab() == other.tab() && one.area().intersects(other.area());
  }
}
