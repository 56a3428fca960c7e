package io.caravan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.sandbox.AirtableIterators.Place;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Lists records: chosen, ordered and page by page. */
final class AirtableList {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final AirtableIterators iterators;

  AirtableList(AirtableIterators iterators) {
    this.iterators = iterators;
  }

  /**
   * A page. Records that were deleted since the list began are missing; values are of now.
   *
   * @throws Refusal when a parameter is none
   */
  JsonNode page(AirtableTable table, AirtableListRequest asked) {
    List<AirtableField> shown =
        asked.fields().isEmpty()
            ? table.fields()
            : asked.fields().stream()
                .map(name -> table.find(name).orElseThrow(() -> AirtableErrors.unknownField(name)))
                .toList();
    Place place =
        asked.offset().isPresent()
            ? iterators.at(asked.offset().get())
            : iterators.begin(chosen(table, asked));
    int end = Math.min(place.first() + asked.pageSize(), place.recordIds().size());
    ObjectNode page = JSON.objectNode();
    ArrayNode records = page.putArray("records");
    place.recordIds().subList(place.first(), end).stream()
        .map(table::record)
        .flatMap(Optional::stream)
        .forEach(
            record ->
                records.add(
                    AirtableValues.record(
                        table, record, shown, asked.byFieldId(), asked.asText())));
    if (end < place.recordIds().size()) {
      page.put("offset", place.offset(end));
    }
    return page;
  }

  private static List<String> chosen(AirtableTable table, AirtableListRequest asked) {
    Optional<AirtableView> view =
        asked
            .view()
            .map(
                name ->
                    table.views().stream()
                        .filter(each -> each.is(name))
                        .findFirst()
                        .orElseThrow(
                            () ->
                                AirtableErrors.unprocessable(
                                    "VIEW_NAME_NOT_FOUND", "View '" + name + "' not found")));
    Predicate<AirtableRecord> filter =
        filter(table, asked.filterByFormula())
            .and(filter(table, view.map(AirtableView::filterByFormula)));
    List<AirtableSort> sort =
        asked.sort().isEmpty() ? view.map(AirtableView::sort).orElse(List.of()) : asked.sort();
    return table.records().stream()
        .filter(filter)
        .sorted(order(table, sort))
        .limit(asked.maxRecords())
        .map(AirtableRecord::id)
        .toList();
  }

  private static Predicate<AirtableRecord> filter(AirtableTable table, Optional<String> formula) {
    return formula
        .filter(text -> !text.isBlank())
        .map(text -> AirtableFormula.filter(table, text))
        .orElse(record -> true);
  }

  private static Comparator<AirtableRecord> order(AirtableTable table, List<AirtableSort> sort) {
    // A stable sort keeps the order of creation.
    Comparator<AirtableRecord> order = (one, other) -> 0;
    for (AirtableSort level : sort) {
      AirtableField field =
          table.find(level.field()).orElseThrow(() -> AirtableErrors.unknownField(level.field()));
      Comparator<AirtableRecord> byField =
          Comparator.comparing(
              record -> AirtableFunctions.value(table, record, field),
              Comparator.nullsFirst((one, other) -> compare(field, one, other)));
      order = order.thenComparing(level.ascending() ? byField : byField.reversed());
    }
    return order;
  }

  /** Choices are ordered as in their field. */
  private static int compare(AirtableField field, Object one, Object other) {
    return field.type() == AirtableFieldType.SINGLE_SELECT
        ? Integer.compare(field.choices().indexOf(one), field.choices().indexOf(other))
        : AirtableFunctions.compare(one, other);
  }
}
