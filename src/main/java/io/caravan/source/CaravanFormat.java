package io.caravan.source;

import io.caravan.source.ColumnUse.Origin;
import io.caravan.source.SqlExpressions.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Caravan's own format, one table: {@code name, database, schema, dimensions: [{name, type,
 * searchable, expr}], measures: [{name, type, agg, expr}], filters, relationships}. Anything else
 * in it is left alone.
 */
final class CaravanFormat {
  private static final List<String> EXPRESSIONS = List.of("expr", "expression", "sql");

  /** Semantic layers say in {@code type} how a measure is computed. */
  private static final Set<String> AGGREGATES =
      Set.of(
          "avg",
          "average",
          "count",
          "count_distinct",
          "count_distinct_approx",
          "max",
          "median",
          "min",
          "percentile",
          "sum",
          "sum_distinct");

  private final SqlExpressions expressions;
  private final String table;

  private CaravanFormat(String table, SqlExpressions expressions) {
    this.table = table;
    this.expressions = expressions;
  }

  static DatasetOutline read(YamlMap top, String tableWhenAbsent, SqlExpressions expressions) {
    String name = Dialect.given(top.value("name")) ? top.value("name") : null;
    String table = name == null ? tableWhenAbsent : name;
    String database = top.value("database");
    String schema = top.value("schema");
    return new DatasetOutline(
        top.node(),
        database,
        schema,
        List.of(
            new DatasetOutline.Table(
                name,
                database,
                schema,
                new CaravanFormat(table, expressions).entries(top),
                FilterColumns.of(top, table))));
  }

  private List<DatasetEntry> entries(YamlMap top) {
    List<DatasetEntry> entries = new ArrayList<>();
    for (YamlMap dimension : top.maps("dimensions")) {
      DatasetOutline.add(entries, dimension(dimension), 0);
    }
    for (YamlMap measure : top.maps("measures")) {
      DatasetOutline.add(entries, measure(measure), 0);
    }
    return entries;
  }

  private DatasetEntry dimension(YamlMap dimension) {
    ScalarNode name = dimension.required("name");
    return entry(
        Origin.DIMENSION, dimension, name, dimension.text("type"), expression(dimension), null);
  }

  private DatasetEntry measure(YamlMap measure) {
    ScalarNode name = measure.required("name");
    ScalarNode expression = expression(measure);
    if (expression == null && SqlExpressions.looksLikeOne(name.getValue())) {
      expression = name;
    }
    String aggregate =
        Stream.of("agg", "aggregate")
            .map(measure::value)
            .filter(Dialect::given)
            .findFirst()
            .orElse(null);
    ScalarNode type = measure.text("type");
    if (type != null && AGGREGATES.contains(type.getValue().strip().toLowerCase(Locale.ROOT))) {
      aggregate = aggregate == null ? type.getValue() : aggregate;
      type = null;
    }
    return entry(Origin.MEASURE, measure, name, type, expression, aggregate);
  }

  private DatasetEntry entry(
      Origin origin,
      YamlMap map,
      ScalarNode name,
      ScalarNode type,
      ScalarNode expression,
      String aggregate) {
    Reading reading = expression == null ? null : expressions.read(expression.getValue(), table);
    Boolean notNull = map.flag("not_null");
    Boolean nullable = map.flag("nullable");
    return new DatasetEntry(
        origin,
        map.path(),
        map.node(),
        name,
        type == null || type.getValue().isBlank() ? null : type,
        expression,
        reading,
        aggregate,
        Boolean.TRUE.equals(map.flag("searchable")),
        notNull == null && nullable != null ? Boolean.valueOf(!nullable) : notNull,
        false);
  }

  private static ScalarNode expression(YamlMap entry) {
    return EXPRESSIONS.stream()
        .map(entry::text)
        .filter(text -> text != null && !text.getValue().isBlank())
        .findFirst()
        .orElse(null);
  }
}
