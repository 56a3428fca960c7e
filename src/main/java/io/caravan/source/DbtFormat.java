package io.caravan.source;

import io.caravan.source.ColumnUse.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * dbt's property files ({@code schema.yml}): models, seeds and snapshots, and the tables of
 * sources, each with {@code columns: [{name, data_type, data_tests, meta}]}. dbt fills in Jinja
 * when it runs, so a name that holds some is not known here.
 *
 * @see <a href="https://docs.getdbt.com/reference/configs-and-properties">dbt's reference</a>
 */
final class DbtFormat {
  static final List<String> SECTIONS = List.of("models", "seeds", "snapshots");
  static final String SOURCES = "sources";

  private final List<DatasetOutline.Table> tables = new ArrayList<>();
  private int columns;

  private DbtFormat() {}

  static DatasetOutline read(YamlMap top) {
    DbtFormat format = new DbtFormat();
    for (String section : SECTIONS) {
      top.maps(section).forEach(format::addModel);
    }
    top.maps(SOURCES).forEach(format::addSource);
    return new DatasetOutline(
        top.node(),
        only(format.tables.stream().map(DatasetOutline.Table::database)),
        only(format.tables.stream().map(DatasetOutline.Table::schema)),
        List.copyOf(format.tables));
  }

  /** The place of the dataset as a whole, when its tables agree about it. */
  private static String only(Stream<String> places) {
    List<String> distinct = places.distinct().limit(2).toList();
    return distinct.size() == 1 ? distinct.getFirst() : null;
  }

  private void addModel(YamlMap model) {
    String name = model.required("name").getValue().strip();
    String alias = setting(model, "alias");
    add(model, alias == null ? name : alias, setting(model, "database"), setting(model, "schema"));
  }

  private void addSource(YamlMap source) {
    String name = source.required("name").getValue().strip();
    String database = setting(source, "database");
    // dbt: a source's schema is its name unless it has one.
    String schema = source.get("schema") == null ? name : setting(source, "schema");
    for (YamlMap table : source.maps("tables")) {
      String tableName = table.required("name").getValue().strip();
      String identifier = setting(table, "identifier");
      add(table, identifier == null ? tableName : identifier, database, schema);
    }
  }

  /** A property, or the same below {@code config}; null when absent or filled in by dbt. */
  private static String setting(YamlMap map, String key) {
    String value = map.value(key);
    if (value == null && map.get("config") instanceof MappingNode) {
      value = map.map("config").value(key);
    }
    return Dialect.given(value) && !value.contains("{{") ? value.strip() : null;
  }

  private void add(YamlMap table, String name, String database, String schema) {
    List<DatasetEntry> entries = new ArrayList<>();
    for (YamlMap column : table.maps("columns")) {
      DatasetOutline.add(entries, column(column), columns);
    }
    columns += entries.size();
    tables.add(new DatasetOutline.Table(name, database, schema, entries, Set.of()));
  }

  private static DatasetEntry column(YamlMap column) {
    ScalarNode name = column.required("name");
    ScalarNode type = column.text("data_type");
    List<Node> tests =
        Stream.of("tests", "data_tests", "constraints").flatMap(key -> tests(column, key)).toList();
    return new DatasetEntry(
        Origin.DBT_COLUMN,
        column.path(),
        column.node(),
        name,
        type == null || type.getValue().isBlank() || type.getValue().contains("{{") ? null : type,
        null,
        null,
        null,
        searchable(column),
        tests.stream().anyMatch(test -> promises(test, "not_null")) ? Boolean.TRUE : null,
        tests.stream().anyMatch(test -> names(test, "relationships")));
  }

  private static Stream<Node> tests(YamlMap column, String key) {
    return column.get(key) instanceof SequenceNode list ? list.getValue().stream() : Stream.of();
  }

  /** {@code - not_null}, {@code - not_null: {…}} or the constraint {@code - type: not_null}. */
  private static boolean names(Node test, String name) {
    return switch (test) {
      case ScalarNode scalar -> scalar.getValue().equals(name);
      case MappingNode map -> {
        YamlMap parts = new YamlMap(map, "");
        yield parts.get(name) != null
            || parts.get("type") instanceof ScalarNode type && type.getValue().equals(name);
      }
      default -> false;
    };
  }

  /** A test of some rows only promises nothing about the column. */
  private static boolean promises(Node test, String name) {
    if (test instanceof MappingNode map
        && new YamlMap(map, "").get(name) instanceof MappingNode options) {
      YamlMap given = new YamlMap(options, "");
      return given.get("where") == null
          && !(given.get("config") instanceof MappingNode config
              && new YamlMap(config, "").get("where") != null);
    }
    return names(test, name);
  }

  private static boolean searchable(YamlMap column) {
    YamlMap holder =
        column.get("meta") == null && column.get("config") instanceof MappingNode
            ? column.map("config")
            : column;
    return holder.get("meta") instanceof MappingNode
        && Boolean.TRUE.equals(holder.map("meta").flag("searchable"));
  }
}
