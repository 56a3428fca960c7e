package io.caravan.schemasync;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.failure.Failure;
import io.caravan.source.CatalogueColumn;
import io.caravan.source.ColumnUse;
import io.caravan.source.LiveSchema;
import io.caravan.source.LiveTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compares one table of a dataset with the live one (SS-05 to SS-08). */
final class TableComparison {
  /** Each change is tried on the whole YAML; who has more to mend mends by hand. */
  private static final int MOST_CHANGES = 50;

  private final TableToCheck checked;
  private final boolean reportUnknown;
  private final List<Finding> findings = new ArrayList<>();
  private int changes;

  private TableComparison(TableToCheck checked, boolean reportUnknown) {
    this.checked = checked;
    this.reportUnknown = reportUnknown;
  }

  /**
   * @param reportUnknown whether live columns that the YAML does not name are findings
   * @return what does not fit together, in the order of the YAML; empty when all does
   */
  static List<Finding> compare(TableToCheck checked, LiveSchema live, boolean reportUnknown) {
    TableComparison comparison = new TableComparison(checked, reportUnknown);
    try {
      Optional<LiveTable> table = live.table(checked.name());
      if (table.isPresent()) {
        comparison.columns(table.get());
      } else {
        comparison.missingTable(live);
      }
    } catch (Failure e) {
      comparison.unverifiable(null, e.getMessage(), Severity.UNVERIFIABLE, null);
    }
    return comparison.findings;
  }

  private void missingTable(LiveSchema live) {
    String suggestion =
        RenameGuess.of(checked.name(), live.names())
            .map(name -> "Probably renamed to %s.".formatted(name))
            .orElse("Restore the table, or remove the dataset.");
    add(
        FindingType.MISSING_TABLE,
        Severity.CRITICAL,
        null,
        checked.name(),
        null,
        "The YAML describes the table %s, the database has no such table."
            .formatted(checked.name()),
        suggestion,
        null,
        List.of(),
        Finding.Details.NONE);
  }

  private void columns(LiveTable table) {
    Map<String, List<ColumnUse>> uses = new LinkedHashMap<>();
    checked.table().columns().stream()
        .filter(use -> !isTextOrOwnName(use, table))
        .forEach(use -> uses.computeIfAbsent(use.column(), c -> new ArrayList<>()).add(use));
    Set<CatalogueColumn> explained = new LinkedHashSet<>();
    Map<String, List<ColumnUse>> missing = new LinkedHashMap<>();
    uses.forEach(
        (name, of) -> {
          try {
            table
                .column(name)
                .ifPresentOrElse(
                    column -> {
                      explained.add(column);
                      types(of, column);
                    },
                    () -> missing.put(name, of));
          } catch (Failure e) {
            unverifiable(name, e.getMessage(), Severity.UNVERIFIABLE, of.getFirst());
          }
        });
    List<CatalogueColumn> unexplained = new ArrayList<>(table.columns());
    unexplained.removeAll(explained);
    missing.forEach((name, of) -> missingColumn(name, of, unexplained));
    checked
        .table()
        .notes()
        .forEach(note -> unverifiable(note.entry(), note.text(), Severity.INFO, null));
    if (reportUnknown) {
      unexplained.forEach(this::unknown);
    }
  }

  /**
   * For vendors that quote names otherwise, double quotes hold a text. And a measure's name may
   * only look like an expression.
   */
  private boolean isTextOrOwnName(ColumnUse use, LiveTable table) {
    boolean text =
        use.doubleQuoted()
            && switch (checked.dialect()) {
              case MYSQL, MARIADB, BIGQUERY, DATABRICKS -> true;
              default -> false;
            };
    return text
        || use.expression() != null
            && use.expression().equals(use.entry())
            && table.columns().stream().anyMatch(column -> column.name().equals(use.entry()));
  }

  private void missingColumn(String name, List<ColumnUse> uses, List<CatalogueColumn> unexplained) {
    if (uses.stream().allMatch(ColumnUse::optional)) {
      return;
    }
    String type =
        uses.stream().map(ColumnUse::type).filter(t -> t != null).findFirst().orElse(null);
    Optional<String> renamed =
        RenameGuess.of(
            name,
            unexplained.stream()
                .filter(column -> type == null || fits(type, column))
                .map(CatalogueColumn::name)
                .toList());
    renamed.ifPresent(to -> unexplained.removeIf(column -> column.name().equals(to)));
    YamlChange change =
        renamed
            .map(to -> new YamlChange(YamlChange.Kind.RENAME, checked.name(), name, to))
            .orElse(new YamlChange(YamlChange.Kind.REMOVE, checked.name(), name, null));
    add(
        FindingType.MISSING_COLUMN,
        Severity.CRITICAL,
        name,
        type == null ? name : type,
        null,
        "The YAML uses the column %s, the table %s has no such column."
            .formatted(name, checked.name()),
        renamed
            .map(to -> "Probably renamed to %s.".formatted(to))
            .orElse("Restore the column, or take it out of the YAML."),
        change(change),
        entries(uses),
        details(uses.getFirst(), type, null));
  }

  private boolean fits(String type, CatalogueColumn column) {
    return switch (TypeComparison.compare(checked.dialect(), type, column.nativeType()).kind()) {
      case SAME, WIDENING, NARROWING -> true;
      case INCOMPATIBLE, UNKNOWN -> false;
    };
  }

  private void types(List<ColumnUse> uses, CatalogueColumn column) {
    boolean joins = uses.stream().anyMatch(ColumnUse::usedInJoinOrFilter);
    for (ColumnUse use : uses) {
      if (use.type() != null && !type(use, uses, column, joins)) {
        break;
      }
    }
    if (column.nullable() && uses.stream().anyMatch(use -> Boolean.TRUE.equals(use.notNull()))) {
      ColumnUse use = uses.getFirst();
      add(
          FindingType.NULLABLE,
          Severity.INFO,
          use.column(),
          "not null",
          "nullable",
          "The YAML says that %s has no nulls, the database allows them.".formatted(use.column()),
          null,
          null,
          List.of(),
          details(use, use.type(), column.nativeType()));
    }
  }

  /**
   * @return whether YAML and database agree
   */
  private boolean type(
      ColumnUse use, List<ColumnUse> uses, CatalogueColumn column, boolean inJoinOrFilter) {
    String actual = column.nativeType();
    TypeVerdict verdict = TypeComparison.compare(checked.dialect(), use.type(), actual);
    Severity severity =
        switch (verdict.kind()) {
          case SAME -> null;
          case WIDENING -> Severity.INFO;
          case INCOMPATIBLE -> Severity.WARNING;
          case NARROWING -> inJoinOrFilter ? Severity.CRITICAL : Severity.WARNING;
          case UNKNOWN -> Severity.UNVERIFIABLE;
        };
    if (severity == null) {
      return true;
    }
    if (severity == Severity.UNVERIFIABLE) {
      unverifiable(use.column(), verdict.explanation(), severity, use);
      return false;
    }
    add(
        FindingType.TYPE_MISMATCH,
        severity,
        use.column(),
        use.type(),
        actual,
        verdict.explanation(),
        null,
        change(new YamlChange(YamlChange.Kind.CHANGE_TYPE, checked.name(), use.column(), actual)),
        severity == Severity.INFO ? List.of() : entries(uses),
        details(use, use.type(), actual));
    return false;
  }

  private void unknown(CatalogueColumn column) {
    add(
        FindingType.UNKNOWN_COLUMN,
        Severity.INFO,
        column.name(),
        null,
        column.nativeType(),
        "The table %s has the column %s, the YAML does not name it."
            .formatted(checked.name(), column.name()),
        null,
        null,
        List.of(),
        Finding.Details.NONE);
  }

  private void unverifiable(String column, String reason, Severity severity, ColumnUse use) {
    add(
        FindingType.UNVERIFIABLE,
        severity,
        column,
        null,
        null,
        reason,
        null,
        null,
        List.of(),
        use == null ? Finding.Details.NONE : details(use, use.type(), null));
  }

  private JsonNode change(YamlChange change) {
    return ++changes > MOST_CHANGES ? null : change.toJson(checked.yml());
  }

  /** The measures and dimensions that are expressions over a column. */
  private static List<String> entries(List<ColumnUse> uses) {
    return uses.stream()
        .filter(use -> use.expression() != null)
        .map(use -> use.origin().name().toLowerCase(Locale.ROOT) + " " + use.entry())
        .distinct()
        .toList();
  }

  private static Finding.Details details(ColumnUse use, String expected, String actual) {
    String source =
        switch (use.origin()) {
          case DIMENSION -> "dimension";
          case MEASURE -> "measure";
          case DBT_COLUMN -> "column";
        };
    return new Finding.Details(
        expected, actual, source, use.namePlace() == null ? null : use.namePlace().line());
  }

  private void add(
      FindingType type,
      Severity severity,
      String column,
      String expected,
      String actual,
      String message,
      String suggestion,
      JsonNode change,
      List<String> usedBy,
      Finding.Details details) {
    findings.add(
        new Finding(
            type,
            severity,
            checked.datasetId(),
            checked.datasetName(),
            checked.name(),
            column,
            expected,
            actual,
            message,
            suggestion,
            change,
            usedBy,
            details));
  }
}
