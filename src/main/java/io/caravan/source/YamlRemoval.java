package io.caravan.source;

import static io.caravan.source.TextEdits.lineEnd;
import static io.caravan.source.TextEdits.lineStart;

import io.caravan.failure.InvalidInputException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Finds what of a text goes when an entry of a list goes: its lines with the comments directly
 * above in block style, itself with one comma in flow style.
 */
final class YamlRemoval {
  private final String text;
  private final Node root;

  /** Where each character begins: a mark counts an emoji once, a string counts it twice. */
  private final int[] offsets;

  YamlRemoval(String text, Node root) {
    this.text = text;
    this.root = root;
    this.offsets = new int[text.codePointCount(0, text.length()) + 1];
    for (int i = 1; i < offsets.length; i++) {
      offsets[i] = text.offsetByCodePoints(offsets[i - 1], 1);
    }
  }

  /**
   * @param end exclusive
   */
  record Range(int start, int end) {}

  /**
   * @throws InvalidInputException when the entry shares its lines with something else
   */
  Range of(Node entry) {
    SequenceNode list = listOf(entry);
    return list.getFlowStyle() == FlowStyle.FLOW ? flow(list, entry) : block(entry);
  }

  private SequenceNode listOf(Node entry) {
    Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Node> open = new ArrayDeque<>(List.of(root));
    while (!open.isEmpty()) {
      Node node = open.pop();
      if (!seen.add(node)) {
        continue;
      }
      if (node instanceof SequenceNode list) {
        if (list.getValue().contains(entry)) {
          return list;
        }
        list.getValue().forEach(open::push);
      } else if (node instanceof MappingNode map) {
        map.getValue().forEach(tuple -> open.push(tuple.getValueNode()));
      }
    }
    throw byHand(entry);
  }

  private Range block(Node entry) {
    int dash = start(entry) - 1;
    while (dash >= 0 && Character.isWhitespace(text.charAt(dash))) {
      dash--;
    }
    if (dash < 0
        || text.charAt(dash) != '-'
        || !text.substring(lineStart(text, dash), dash).isBlank()) {
      throw byHand(entry);
    }
    int indent = dash - lineStart(text, dash);
    int end = lineEnd(text, Math.max(dash, lastPlace(entry) - 1));
    for (int at = end; at < text.length(); at = lineEnd(text, at)) {
      String line = text.substring(at, lineEnd(text, at));
      if (line.isBlank()) {
        continue;
      }
      if (indent(line) <= indent) {
        break;
      }
      end = lineEnd(text, at);
    }
    return new Range(withComments(lineStart(text, dash), indent), end);
  }

  /** Comments further in than the entry belong to the one before. */
  private int withComments(int start, int indent) {
    int from = start;
    while (from > 0) {
      int above = lineStart(text, from - 1);
      String line = text.substring(above, from);
      if (!line.strip().startsWith("#") || indent(line) > indent) {
        break;
      }
      from = above;
    }
    return from;
  }

  private static int indent(String line) {
    return line.length() - line.stripLeading().length();
  }

  /**
   * Where the entry's last value ends. A block's own end mark is of no use, it lies at the next
   * entry, behind the comments between.
   */
  private int lastPlace(Node entry) {
    int first = start(entry);
    int last = first;
    Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Node> open = new ArrayDeque<>(List.of(entry));
    while (!open.isEmpty()) {
      Node node = open.pop();
      // What an alias stands for lies before the entry.
      if (!seen.add(node) || start(node) < first) {
        continue;
      }
      boolean exact =
          node instanceof ScalarNode scalar
              ? scalar.isPlain() || "'\"".indexOf(scalar.getScalarStyle().getChar()) >= 0
              : ((CollectionNode<?>) node).getFlowStyle() == FlowStyle.FLOW;
      last = Math.max(last, exact ? end(node) : start(node) + 1);
      if (node instanceof SequenceNode list) {
        list.getValue().forEach(open::push);
      } else if (node instanceof MappingNode map) {
        map.getValue()
            .forEach(
                tuple -> {
                  open.push(tuple.getKeyNode());
                  open.push(tuple.getValueNode());
                });
      }
    }
    return last;
  }

  private Range flow(SequenceNode list, Node entry) {
    int index = list.getValue().indexOf(entry);
    boolean last = index == list.getValue().size() - 1;
    int start = start(entry);
    int end = end(entry);
    int afterComma = skip(skip(end, " \t"), ",");
    String rest = text.substring(afterComma, lineEnd(text, afterComma)).strip();
    boolean comma = text.substring(end, afterComma).contains(",");
    boolean ownLines =
        text.substring(lineStart(text, start), start).isBlank()
            && (rest.isEmpty() || rest.startsWith("#"));
    if (ownLines && (comma || last)) {
      int from = lineStart(text, start);
      return new Range(withComments(from, start - from), lineEnd(text, afterComma));
    }
    if (!last) {
      return between(entry, start, start(list.getValue().get(index + 1)), end);
    }
    if (index > 0) {
      int before = end(list.getValue().get(index - 1));
      between(entry, before, start, before);
      return new Range(before, end);
    }
    return new Range(start, afterComma);
  }

  /** A range that holds nothing but the entry, blanks and a comma. */
  private Range between(Node entry, int from, int to, int separatorFrom) {
    if (separatorFrom > to || !text.substring(separatorFrom, to).replace(",", "").isBlank()) {
      throw byHand(entry);
    }
    return new Range(from, to);
  }

  private int skip(int at, String characters) {
    int end = at;
    while (end < text.length() && characters.indexOf(text.charAt(end)) >= 0) {
      end++;
    }
    return end;
  }

  private int start(Node node) {
    return offsets[node.getStartMark().getIndex()];
  }

  private int end(Node node) {
    return offsets[node.getEndMark().getIndex()];
  }

  private static InvalidInputException byHand(Node entry) {
    return YamlDocument.invalid(
        entry, "the entry shares its lines with something else; edit it by hand");
  }
}
