package io.caravan.source;

import io.caravan.failure.InvalidInputException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A map of a dataset's YAML, whose values are read with their types. Every complaint has line,
 * column and the path of what is wrong, such as {@code dimensions[2].name}.
 *
 * @param path of the map, empty at the top
 */
record YamlMap(MappingNode node, String path) {
  /**
   * @throws InvalidInputException when the node is no map
   */
  static YamlMap of(Node node, String path, String rule) {
    if (node instanceof MappingNode map) {
      return new YamlMap(map, path);
    }
    throw YamlDocument.invalid(node, (path + " " + rule).strip());
  }

  /** The value, null when it is absent or null. A merged map ({@code <<}) counts after our own. */
  Node get(String key) {
    Node value = find(node, key, Collections.newSetFromMap(new IdentityHashMap<>()));
    return value == null || value.getTag().equals(Tag.NULL) ? null : value;
  }

  private static Node find(MappingNode map, String key, Set<Node> seen) {
    if (!seen.add(map)) {
      return null;
    }
    for (NodeTuple tuple : map.getValue()) {
      if (tuple.getKeyNode() instanceof ScalarNode scalar && scalar.getValue().equals(key)) {
        return tuple.getValueNode();
      }
    }
    for (NodeTuple tuple : map.getValue()) {
      if (tuple.getKeyNode().getTag().equals(Tag.MERGE)) {
        Node found = findMerged(tuple.getValueNode(), key, seen);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  private static Node findMerged(Node merged, String key, Set<Node> seen) {
    List<Node> maps = merged instanceof SequenceNode list ? list.getValue() : List.of(merged);
    for (Node map : maps) {
      Node found = map instanceof MappingNode mapping ? find(mapping, key, seen) : null;
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /**
   * A text with its place, null when absent. What looks like a number or a date to YAML is refused
   * rather than guessed back into text.
   */
  ScalarNode text(String key) {
    Node value = get(key);
    if (value == null) {
      return null;
    }
    if (value instanceof ScalarNode scalar && scalar.getTag().equals(Tag.STR)) {
      return scalar;
    }
    throw YamlDocument.invalid(value, at(key) + " must be a text; put it into quotes");
  }

  /** A text as written, null when absent. */
  String value(String key) {
    ScalarNode text = text(key);
    return text == null ? null : text.getValue();
  }

  /** A text that must be there and say something. */
  ScalarNode required(String key) {
    ScalarNode text = text(key);
    if (text == null || text.getValue().isBlank()) {
      throw YamlDocument.invalid(text == null ? node : text, at(key) + " is missing");
    }
    return text;
  }

  /** Null when absent. */
  Boolean flag(String key) {
    Node value = get(key);
    if (value == null) {
      return null;
    }
    if (value instanceof ScalarNode scalar && scalar.getTag().equals(Tag.BOOL)) {
      // YAML 1.1 has six words for it.
      return List.of("true", "yes", "on").contains(scalar.getValue().toLowerCase());
    }
    throw YamlDocument.invalid(value, at(key) + " must be true or false");
  }

  /** A map below this one, null when absent. */
  YamlMap map(String key) {
    Node value = get(key);
    return value == null ? null : of(value, at(key), "must be a map");
  }

  /** The entries of a list, none when absent. */
  List<Node> list(String key) {
    return switch (get(key)) {
      case null -> List.of();
      case SequenceNode list -> list.getValue();
      case Node other -> throw YamlDocument.invalid(other, at(key) + " must be a list");
    };
  }

  /** The maps of a list, none when absent; each must be a map with a name. */
  List<YamlMap> maps(String key) {
    List<YamlMap> maps = new ArrayList<>();
    for (Node entry : list(key)) {
      maps.add(of(entry, at(key) + "[" + maps.size() + "]", "must be a map with a name"));
    }
    return maps;
  }

  String at(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
