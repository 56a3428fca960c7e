package io.caravan.source;

import io.caravan.failure.InvalidInputException;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A scalar as it is written: its characters between quotes, each with its place in the text.
 *
 * @param start where the scalar begins, quote included
 * @param end where it ends
 */
record YamlScalar(String text, ScalarNode node, int start, int end) {
  private static final Map<Character, Character> ESCAPES =
      Map.of('"', '"', '\\', '\\', '/', '/', 'n', '\n', 't', '\t', ' ', ' ');

  static YamlScalar of(String text, ScalarNode node) {
    // A mark counts characters as people do, a string counts an emoji twice.
    return new YamlScalar(
        text,
        node,
        text.offsetByCodePoints(0, node.getStartMark().getIndex()),
        text.offsetByCodePoints(0, node.getEndMark().getIndex()));
  }

  /**
   * Another value in the same style; quotes are added only where YAML needs them.
   *
   * @param flow whether it stands in {@code {…}}, where a comma ends a plain value
   * @throws InvalidInputException when it is written in a way that cannot be replaced, such as a
   *     block or with an anchor
   */
  String withValue(String value, boolean flow) {
    boolean simple =
        switch (node.getScalarStyle()) {
          case PLAIN -> text.substring(start, end).equals(node.getValue());
          case SINGLE_QUOTED -> text.charAt(start) == '\'';
          case DOUBLE_QUOTED -> text.charAt(start) == '"';
          default -> false;
        };
    if (!simple) {
      throw byHand();
    }
    boolean printable = value.chars().allMatch(c -> c >= ' ' && c != 127);
    if (node.getScalarStyle() == ScalarStyle.PLAIN && printable && staysPlain(value, flow)) {
      return value;
    }
    if (node.getScalarStyle() == ScalarStyle.DOUBLE_QUOTED || !printable) {
      return doubleQuoted(value);
    }
    return "'" + value.replace("'", "''") + "'";
  }

  private static boolean staysPlain(String value, boolean flow) {
    try {
      return YamlDocument.read(flow ? "{k: " + value + "}" : "k: " + value)
              instanceof MappingNode map
          && map.getValue().size() == 1
          && map.getValue().getFirst().getValueNode() instanceof ScalarNode read
          && read.isPlain()
          && read.getTag().equals(Tag.STR)
          && read.getValue().equals(value);
    } catch (InvalidInputException e) {
      return false;
    }
  }

  private static String doubleQuoted(String value) {
    StringBuilder quoted = new StringBuilder("\"");
    value
        .chars()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
              } else if (c < ' ' || c == 127) {
                quoted.append("\\x%02x".formatted(c));
              } else {
                quoted.append((char) c);
              }
            });
    return quoted.append('"').toString();
  }

  /**
   * The characters it stands for and where each is written.
   *
   * @param places one more than characters: the last is the end
   */
  record Content(String characters, int[] places) {}

  /**
   * @throws InvalidInputException when it is quoted and has more than one line, or an escape that
   *     is seldom used
   */
  Content content() {
    char quote = text.charAt(start);
    return switch (node.getScalarStyle()) {
      case SINGLE_QUOTED, DOUBLE_QUOTED -> quoted(quote);
      case PLAIN -> verbatim(start);
      // The line of the | may hold a comment.
      default -> verbatim(TextEdits.lineEnd(text, start));
    };
  }

  private Content verbatim(int from) {
    int[] places = new int[Math.max(0, end - from) + 1];
    for (int i = 0; i < places.length; i++) {
      places[i] = from + i;
    }
    return new Content(from < end ? text.substring(from, end) : "", places);
  }

  private Content quoted(char quote) {
    StringBuilder characters = new StringBuilder();
    int[] places = new int[end - start];
    int at = start + 1;
    while (at < end - 1) {
      places[characters.length()] = at;
      char c = text.charAt(at++);
      if (c == '\\' && quote == '"') {
        Character escaped = ESCAPES.get(text.charAt(at++));
        if (escaped == null) {
          throw byHand();
        }
        c = escaped;
      } else if (c == '\'' && quote == '\'') {
        at++;
      }
      characters.append(c);
    }
    places[characters.length()] = at;
    if (!characters.toString().equals(node.getValue())) {
      throw byHand();
    }
    return new Content(characters.toString(), places);
  }

  InvalidInputException byHand() {
    return YamlDocument.invalid(
        node, "this is written in a way that cannot be changed safely; edit it by hand");
  }
}
