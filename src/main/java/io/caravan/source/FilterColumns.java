package io.caravan.source;

import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Finds the names that a definition's filters, relationships and joins mention. Their form is
 * nowhere prescribed, so every text in them is searched for names, except where it speaks of
 * something else; a name counts only for a column that is an entry too.
 */
final class FilterColumns {
  private static final List<String> SECTIONS = List.of("filters", "relationships", "joins");

  /** What speaks of people, of values, or of the other table. */
  private static final Set<String> ELSEWHERE =
      Set.of("description", "label", "title", "type", "value", "values", "options", "table");

  private static final List<String> OTHER_SIDE = List.of("to", "target", "foreign", "right");

  private final String table;
  private final Set<String> found = new HashSet<>();
  private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private FilterColumns(String table) {
    this.table = table;
  }

  /**
   * @param table names qualified with another one are left out; null when unknown
   * @return in lower case
   */
  static Set<String> of(YamlMap top, String table) {
    FilterColumns columns = new FilterColumns(table);
    for (String section : SECTIONS) {
      Node node = top.get(section);
      if (node instanceof MappingNode map) {
        // filters: {status: paid}
        map.getValue().forEach(tuple -> columns.addWhole(tuple.getKeyNode()));
      }
      columns.walk("", node);
    }
    return columns.found;
  }

  private void walk(String key, Node node) {
    if (node == null || !seen.add(node) || speaksOfElse(key)) {
      return;
    }
    switch (node) {
      case SequenceNode list -> list.getValue().forEach(entry -> walk(key, entry));
      case MappingNode map -> {
        for (NodeTuple tuple : map.getValue()) {
          walk(
              tuple.getKeyNode() instanceof ScalarNode name ? name.getValue() : "",
              tuple.getValueNode());
        }
      }
      default -> {
        if (key.equals("name")) {
          addWhole(node);
        } else {
          addWords(node);
        }
      }
    }
  }

  private static boolean speaksOfElse(String key) {
    return ELSEWHERE.contains(key)
        || OTHER_SIDE.stream().anyMatch(side -> key.equals(side) || key.startsWith(side + "_"));
  }

  private void addWhole(Node node) {
    if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.STR)) {
      found.add(scalar.getValue().strip().toLowerCase(Locale.ROOT));
    }
  }

  private void addWords(Node node) {
    if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.STR)) {
      for (SqlWords.Word word : SqlWords.in(scalar.getValue())) {
        if (word.qualifier() == null || word.qualifier().equalsIgnoreCase(table)) {
          found.add(word.text().toLowerCase(Locale.ROOT));
        }
      }
    }
  }
}
