package io.caravan.sheetsync;

import io.caravan.sheetsync.Problem.Kind;
import io.caravan.sheetsync.TableSchema.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the columns of the mapped fields and names whatever is wrong with the mapping. */
final class LayoutFinder {
  private static final LinkedTable SHOWS_IDS = new LinkedTable(Map.of());

  private final MergeInput input;
  private final MergeOptions options;
  private final HeaderRow header;
  private final List<Problem> problems = new ArrayList<>();
  private final List<Plan.HeaderCell> newHeaders = new ArrayList<>();

  private LayoutFinder(MergeInput input) {
    this.input = input;
    this.options = input.options();
    this.header = new HeaderRow(input.sheet());
  }

  /** Never throws: what cannot be found is a problem or a halt in the answer. */
  static Layout find(MergeInput input) {
    return new LayoutFinder(input).find();
  }

  private Layout find() {
    Map<Field, String> mapped = mappedFields();
    if (mapped.isEmpty()) {
      return halted(
          Halt.Kind.NO_MAPPING,
          "No mapped field exists in table %s.".formatted(input.table().name()));
    }
    List<Integer> ids = header.find(options.idColumn());
    boolean known = !input.base().isEmpty();
    if (known
        && ids.isEmpty()
        && mapped.values().stream().allMatch(h -> header.find(h).isEmpty())) {
      return halted(
          Halt.Kind.HEADER_VANISHED,
          "None of the mapped headers stands in row %d any more; put the header row back."
              .formatted(input.sheet().headerRow()));
    }
    if (ids.size() > 1) {
      return halted(
          Halt.Kind.ID_COLUMN_AMBIGUOUS,
          "%d columns are called %s; keep the one that holds the record ids."
              .formatted(ids.size(), options.idColumn()));
    }
    if (known && ids.isEmpty()) {
      return halted(
          Halt.Kind.ID_COLUMN_VANISHED,
          "No column is called %s any more; put the header or the column back."
              .formatted(options.idColumn()));
    }
    int idColumn = ids.isEmpty() ? addHeader(options.idColumn()) : ids.getFirst();
    List<Column> columns = columns(mapped, idColumn);
    return new Layout(columns, idColumn, matchOn(columns), newHeaders, problems, List.of());
  }

  private Layout halted(Halt.Kind kind, String sentence) {
    return new Layout(
        List.of(), -1, null, List.of(), problems, List.of(new Halt(kind, sentence, false)));
  }

  private int addHeader(String text) {
    int column = header.add(text);
    newHeaders.add(new Plan.HeaderCell(input.sheet().headerRow(), column, text));
    return column;
  }

  private Map<Field, String> mappedFields() {
    Map<Field, String> mapped = new LinkedHashMap<>();
    options
        .fieldMappings()
        .forEach(
            (name, column) -> {
              Field field = input.table().field(name);
              if (field == null) {
                problem(
                    Kind.MISSING_FIELD,
                    name,
                    "Table %s has no field %s; correct the mapping"
                        .formatted(input.table().name(), name));
              } else if (mapped.putIfAbsent(field, column) != null) {
                problem(
                    Kind.FIELD_MAPPED_TWICE,
                    field.name(),
                    "Field %s is mapped twice; the mapping to column %s is not used"
                        .formatted(field.name(), column));
              }
            });
    return mapped;
  }

  private List<Column> columns(Map<Field, String> mapped, int idColumn) {
    Map<Field, Integer> found = new LinkedHashMap<>();
    mapped.forEach(
        (field, text) -> {
          Integer index = index(field, text);
          if (index != null && index == idColumn) {
            problem(
                Kind.ID_COLUMN_MAPPED,
                field.name(),
                "Field %s is mapped to the column of the record ids; give it a column of its own"
                    .formatted(field.name()));
          } else if (index != null) {
            found.put(field, index);
          }
        });
    Set<Integer> shared = sharedColumns(found, mapped);
    List<Column> columns = new ArrayList<>();
    found.forEach(
        (field, index) -> {
          if (!shared.contains(index)) {
            columns.add(Column.of(field, index, linkedTable(field)));
          }
        });
    columns.stream().filter(this::isUselessTarget).forEach(this::reportReadOnly);
    return columns;
  }

  private Integer index(Field field, String text) {
    List<Integer> found = header.find(text);
    if (found.size() == 1) {
      return found.getFirst();
    }
    if (found.size() > 1) {
      problem(
          Kind.DUPLICATE_HEADER,
          field.name(),
          "%d columns are called %s; rename all but the one for field %s"
              .formatted(found.size(), text, field.name()));
      return null;
    }
    if (options.toSheets() && options.includeHeader() && !wasInStep(field)) {
      return addHeader(text);
    }
    problem(
        Kind.MISSING_COLUMN,
        field.name(),
        "No column is called %s; rename the column of field %s back or correct the mapping"
            .formatted(text, field.name()));
    return null;
  }

  /** A header that was there before was renamed or deleted, and must not come back by itself. */
  private boolean wasInStep(Field field) {
    return input.base().values().stream()
        .anyMatch(snapshot -> snapshot.values().containsKey(field.id()));
  }

  private Set<Integer> sharedColumns(Map<Field, Integer> found, Map<Field, String> mapped) {
    Map<Integer, List<Field>> fields =
        found.keySet().stream()
            .collect(Collectors.groupingBy(found::get, LinkedHashMap::new, Collectors.toList()));
    Set<Integer> shared = new HashSet<>();
    fields.forEach(
        (index, several) -> {
          if (several.size() > 1) {
            shared.add(index);
            several.forEach(
                field ->
                    problem(
                        Kind.TWO_FIELDS_ONE_COLUMN,
                        field.name(),
                        "Column %s is mapped to %d fields; give field %s a column of its own"
                            .formatted(mapped.get(field), several.size(), field.name())));
          }
        });
    return shared;
  }

  private boolean isUselessTarget(Column column) {
    return !column.writable() && options.direction() == SyncDirection.SHEETS_TO_AIRTABLE;
  }

  private void reportReadOnly(Column column) {
    problem(
        Kind.READ_ONLY_TARGET,
        column.field().name(),
        "Field %s (%s) cannot be written; it is left alone in this direction"
            .formatted(column.field().name(), column.field().type()));
  }

  private LinkedTable linkedTable(Field field) {
    String id = field.options().path("linkedTableId").asText();
    return input
        .linkedTables()
        .getOrDefault(
            id.isEmpty() ? field.options().at("/result/options/linkedTableId").asText() : id,
            SHOWS_IDS);
  }

  private Column matchOn(List<Column> columns) {
    String name = options.matchOn() == null ? input.table().primaryFieldId() : options.matchOn();
    Field field = input.table().field(name);
    Column column =
        columns.stream()
            .filter(candidate -> candidate.field().equals(field))
            .findFirst()
            .orElse(null);
    if (column == null && options.matchOn() != null) {
      problem(
          Kind.MATCH_FIELD_UNUSABLE,
          name,
          "Rows without a record id cannot be matched on %s, which is no mapped field"
              .formatted(name));
    }
    return column;
  }

  private void problem(Kind kind, String field, String message) {
    problems.add(Problem.ofSetUp(kind, field, message + "."));
  }
}
