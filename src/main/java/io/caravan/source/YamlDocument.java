package io.caravan.source;

import io.caravan.failure.InvalidInputException;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * A dataset's YAML as a graph of nodes, each of which knows its place in the text.
 *
 * <p>The text comes from a customer, so it is bounded in length, depth and aliases before anything
 * walks the graph; no tag makes an object of a class.
 */
final class YamlDocument {
  static final int LONGEST = 1_000_000;
  private static final int DEEPEST = 50;
  private static final int MOST_ALIASES = 50;
  private static final Set<Tag> TAGS =
      Set.of(
          Tag.STR,
          Tag.INT,
          Tag.FLOAT,
          Tag.BOOL,
          Tag.NULL,
          Tag.TIMESTAMP,
          Tag.BINARY,
          Tag.MAP,
          Tag.SEQ,
          Tag.SET,
          Tag.OMAP,
          Tag.PAIRS,
          Tag.MERGE,
          new Tag(Tag.PREFIX + "value"));

  private YamlDocument() {}

  /**
   * Reads one document.
   *
   * @return its top, null when the text is empty
   * @throws InvalidInputException with line and column: no YAML, two documents, a key twice in one
   *     map, a tag of its own, or more than the limits allow
   */
  static Node read(String yml) {
    if (yml.length() > LONGEST) {
      throw new InvalidInputException("yml must not be longer than " + LONGEST + " characters.");
    }
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(LONGEST);
    options.setMaxAliasesForCollections(MOST_ALIASES);
    options.setNestingDepthLimit(DEEPEST);
    Parser parser = new ParserImpl(new StreamReader(yml), options);
    try {
      Node top = new Composer(parser, new Resolver(), options).getSingleNode();
      check(top, Collections.newSetFromMap(new IdentityHashMap<>()));
      return top;
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
      throw noYaml(mark == null ? null : YamlPlace.of(mark), e.getProblem());
    } catch (ReaderException e) {
      throw noYaml(firstForbidden(yml), "a character that YAML does not allow");
    } catch (YAMLException e) {
      // A limit of the composer: it names no place, but its parser stands there.
      throw noYaml(YamlPlace.of(position(parser)), e.getMessage());
    }
  }

  /** A complaint about a node, in the words all complaints about YAML have. */
  static InvalidInputException invalid(Node node, String rule) {
    return new InvalidInputException(
        "yml: " + YamlPlace.of(node.getStartMark()) + ": " + rule + ".");
  }

  private static InvalidInputException noYaml(YamlPlace place, String problem) {
    String reason = problem.lines().findFirst().orElse("unreadable");
    return new InvalidInputException(
        "yml: %sno valid YAML: %s.".formatted(place == null ? "" : place + ": ", reason));
  }

  private static Mark position(Parser parser) {
    try {
      return parser.peekEvent().getStartMark();
    } catch (MarkedYAMLException e) {
      // What follows is no YAML either.
      return e.getProblemMark();
    }
  }

  private static YamlPlace firstForbidden(String text) {
    int at = 0;
    while (at < text.length() && StreamReader.isPrintable(text.codePointAt(at))) {
      at += Character.charCount(text.codePointAt(at));
    }
    String before = text.substring(0, at);
    int lineStart = before.lastIndexOf('\n') + 1;
    return new YamlPlace(
        1 + (int) before.chars().filter(c -> c == '\n').count(),
        1 + before.codePointCount(lineStart, at));
  }

  /** What SnakeYAML leaves to its constructor, which makes objects and loses the places. */
  private static void check(Node node, Set<Node> seen) {
    if (node == null || !seen.add(node)) {
      return;
    }
    if (!TAGS.contains(node.getTag())) {
      throw invalid(node, "no valid YAML: unknown tag " + node.getTag().getValue());
    }
    switch (node) {
      case SequenceNode list -> list.getValue().forEach(entry -> check(entry, seen));
      case MappingNode map -> {
        requireDistinctKeys(map.getValue());
        for (NodeTuple tuple : map.getValue()) {
          check(tuple.getKeyNode(), seen);
          check(tuple.getValueNode(), seen);
        }
      }
      default -> {}
    }
  }

  private static void requireDistinctKeys(List<NodeTuple> tuples) {
    Map<String, Node> keys = new HashMap<>();
    for (NodeTuple tuple : tuples) {
      if (tuple.getKeyNode() instanceof ScalarNode key) {
        Node first = keys.putIfAbsent(key.getTag() + key.getValue(), key);
        if (first != null) {
          throw invalid(
              key,
              "no valid YAML: the key %s stands in line %d already"
                  .formatted(key.getValue(), first.getStartMark().getLine() + 1));
        }
      }
    }
  }
}
