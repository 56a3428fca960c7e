package io.caravan.source;

import io.caravan.failure.InvalidInputException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * The tables of a dataset's YAML with the nodes of their entries, whichever of the two formats it
 * is written in.
 *
 * @param root the whole document
 * @param database of the whole, null when not given
 * @param schema of the whole, null when not given
 */
record DatasetOutline(Node root, String database, String schema, List<Table> tables) {
  /** Aliases can repeat a list, so the length of the text does not bound this. */
  static final int MOST_COLUMNS = 50_000;

  /**
   * A table.
   *
   * @param name null when not given
   * @param mentioned the names in its filters and relationships, in lower case
   */
  record Table(
      String name,
      String database,
      String schema,
      List<DatasetEntry> entries,
      Set<String> mentioned) {}

  /**
   * @param tableWhenAbsent the table when the YAML names none; null when unknown
   * @throws InvalidInputException with line and column
   */
  static DatasetOutline read(String yml, String tableWhenAbsent, SqlExpressions expressions) {
    Node root = YamlDocument.read(yml);
    if (root == null) {
      throw new InvalidInputException(
          "yml: line 1, column 1: yml must be a map with name and dimensions at its top.");
    }
    YamlMap top = YamlMap.of(root, "", "yml must be a map with name and dimensions at its top");
    DatasetOutline outline =
        isDbt(top) ? DbtFormat.read(top) : CaravanFormat.read(top, tableWhenAbsent, expressions);
    outline.tables.forEach(table -> requireDistinct(table.entries()));
    return outline;
  }

  private static boolean isDbt(YamlMap top) {
    return Stream.concat(DbtFormat.SECTIONS.stream(), Stream.of(DbtFormat.SOURCES))
        .anyMatch(section -> top.get(section) instanceof SequenceNode);
  }

  /** Adds to a list of columns, which must not grow without end. */
  static void add(List<DatasetEntry> entries, DatasetEntry entry, int before) {
    if (before + entries.size() >= MOST_COLUMNS) {
      throw YamlDocument.invalid(
          entry.name(), "there must not be more than " + MOST_COLUMNS + " columns");
    }
    entries.add(entry);
  }

  /** A measure may aggregate one column in several ways; that is not the same entry twice. */
  private static void requireDistinct(List<DatasetEntry> entries) {
    record Key(ColumnUse.Origin origin, String name, String aggregate) {}
    Map<Key, DatasetEntry> seen = new HashMap<>();
    for (DatasetEntry entry : entries) {
      Key key = new Key(entry.origin(), entry.label(), entry.aggregate());
      DatasetEntry first = seen.putIfAbsent(key, entry);
      if (first != null) {
        throw YamlDocument.invalid(
            entry.name(),
            "%s.name %s stands in line %d already"
                .formatted(entry.path(), entry.label(), first.name().getStartMark().getLine() + 1));
      }
    }
  }

  /** All entries of all tables. */
  List<DatasetEntry> entries() {
    List<DatasetEntry> all = new ArrayList<>();
    tables.forEach(table -> all.addAll(table.entries()));
    return all;
  }
}
