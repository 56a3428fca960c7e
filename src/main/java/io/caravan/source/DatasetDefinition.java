package io.caravan.source;

import io.caravan.failure.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * What a dataset's YAML says, as far as Caravan reads it; everything else in it is left alone. It
 * is written in Caravan's own format, which describes one table, or is a dbt {@code schema.yml},
 * which describes several and is told by {@code models} or {@code sources} at its top.
 *
 * @param database of all tables, null when not given or not the same for all
 * @param schema of all tables, null when not given or not the same for all
 */
public record DatasetDefinition(String database, String schema, List<DatasetTable> tables) {
  /** So many characters are read at most. */
  public static final int LONGEST = YamlDocument.LONGEST;

  /**
   * Reads a dataset's YAML without knowing the dataset.
   *
   * @throws InvalidInputException with line and column of what is wrong: no YAML, something of
   *     another type than expected, or a column twice in one list
   */
  public static DatasetDefinition parse(String yml) {
    return parse(yml, null);
  }

  /**
   * Reads a dataset's YAML.
   *
   * @param datasetName the table that is meant when the YAML names none
   * @throws InvalidInputException as {@link #parse(String)}
   */
  public static DatasetDefinition parse(String yml, String datasetName) {
    return read(yml, datasetName, new SqlExpressions());
  }

  /**
   * The same for who needs no columns of expressions and cannot wait for them: an expression of
   * more than one name is noted as not read.
   */
  static DatasetDefinition withoutExpressions(String yml, String datasetName) {
    return read(yml, datasetName, SqlExpressions.namesOnly());
  }

  private static DatasetDefinition read(
      String yml, String datasetName, SqlExpressions expressions) {
    DatasetOutline outline = DatasetOutline.read(yml, datasetName, expressions);
    return new DatasetDefinition(
        outline.database(),
        outline.schema(),
        outline.tables().stream().map(table -> table(table, datasetName)).toList());
  }

  private static DatasetTable table(DatasetOutline.Table table, String datasetName) {
    List<ColumnUse> columns = new ArrayList<>();
    List<DatasetTable.Searchable> searchable = new ArrayList<>();
    List<DatasetTable.Note> notes = new ArrayList<>();
    for (DatasetEntry entry : table.entries()) {
      columns.addAll(uses(entry, table));
      if (entry.searchable() && entry.origin() != ColumnUse.Origin.MEASURE) {
        searchable.add(
            new DatasetTable.Searchable(
                entry.isColumn() ? entry.column() : entry.label(), value(entry.type())));
      }
      if (entry.reading() != null && entry.reading().unreadable() != null) {
        notes.add(
            new DatasetTable.Note(
                entry.label(),
                "The columns of %s are not known: %s."
                    .formatted(entry.path(), entry.reading().unreadable()),
                YamlPlace.of(entry.expression().getStartMark())));
      }
    }
    return new DatasetTable(
        table.name() == null ? datasetName : table.name().strip(),
        table.database(),
        table.schema(),
        List.copyOf(columns),
        List.copyOf(searchable),
        List.copyOf(notes));
  }

  private static List<ColumnUse> uses(DatasetEntry entry, DatasetOutline.Table table) {
    if (entry.expression() == null) {
      return List.of(use(entry, table, entry.label(), false));
    }
    return entry.reading().columns().stream()
        .map(column -> use(entry, table, column.name(), column.doubleQuoted()))
        .toList();
  }

  private static ColumnUse use(
      DatasetEntry entry, DatasetOutline.Table table, String column, boolean doubleQuoted) {
    ScalarNode type = entry.columnType();
    ScalarNode place = entry.expression() == null ? entry.name() : entry.expression();
    return new ColumnUse(
        column,
        value(type),
        entry.origin(),
        entry.label(),
        value(entry.expression()),
        entry.aggregate(),
        entry.notNull(),
        entry.searchable(),
        entry.joined() || table.mentioned().contains(column.toLowerCase(Locale.ROOT)),
        entry.isRowCount(),
        doubleQuoted,
        YamlPlace.of(place.getStartMark()),
        type == null ? null : YamlPlace.of(type.getStartMark()));
  }

  private static String value(ScalarNode node) {
    return node == null ? null : node.getValue();
  }
}
