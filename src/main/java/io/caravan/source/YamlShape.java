package io.caravan.source;

import io.caravan.failure.InvalidInputException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A whole document as a list of what it says, in order, without its formatting: two texts with the
 * same list mean the same. Also written down for a document as it is to become, to be compared with
 * what came of it.
 */
final class YamlShape {
  private static final int LONGEST = 1_000_000;

  private final Map<Node, String> replaced;
  private final Map<Node, Integer> visits = new IdentityHashMap<>();
  private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
  private final List<String> parts = new ArrayList<>();

  /**
   * @param replaced the new values of scalars, null for a node that is to be gone
   * @throws InvalidInputException when a node that changes is used in several places by an alias,
   *     or the aliases make the document too long
   */
  static List<String> of(Node root, Map<Node, String> replaced) {
    YamlShape shape = new YamlShape(replaced);
    shape.add(root);
    replaced
        .keySet()
        .forEach(
            node -> {
              if (shape.visits.getOrDefault(node, 0) != 1) {
                throw YamlDocument.invalid(
                    node, "an alias uses this in several places; edit it by hand");
              }
            });
    return shape.parts;
  }

  private YamlShape(Map<Node, String> replaced) {
    this.replaced = replaced;
  }

  private void add(Node node) {
    if (parts.size() > LONGEST || open.contains(node)) {
      throw YamlDocument.invalid(
          node, "aliases make the document endless, or nearly so; edit it by hand");
    }
    visits.merge(node, 1, Integer::sum);
    if (replaced.containsKey(node)) {
      if (replaced.get(node) != null) {
        parts.add(Tag.STR + replaced.get(node));
      }
      return;
    }
    open.add(node);
    switch (node) {
      case MappingNode map -> {
        parts.add("{");
        map.getValue()
            .forEach(
                tuple -> {
                  add(tuple.getKeyNode());
                  add(tuple.getValueNode());
                });
        parts.add("}");
      }
      case SequenceNode list -> addList(list);
      case ScalarNode scalar ->
          parts.add(
              scalar.getTag().equals(Tag.NULL) ? "nothing" : scalar.getTag() + scalar.getValue());
      default -> parts.add(node.getTag().getValue());
    }
    open.remove(node);
  }

  /** When its last entry goes, a list in block style becomes a key without a value. */
  private void addList(SequenceNode list) {
    int before = parts.size();
    parts.add("[");
    list.getValue().forEach(this::add);
    if (parts.size() == before + 1) {
      parts.set(before, "nothing");
    } else {
      parts.add("]");
    }
  }
}
