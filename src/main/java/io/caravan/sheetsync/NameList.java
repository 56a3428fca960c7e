package io.caravan.sheetsync;

import java.util.ArrayList;
import java.util.List;

/**
 * Several names in one cell, {@code Alpha, "Smith, John"}: separated by commas, quoted as in CSV
 * where a name holds a comma, a quote or a space at its end. Quoting is what makes a name with a
 * comma survive the way there and back (defect D9).
 */
final class NameList {
  private NameList() {}

  static String join(List<String> names) {
    if (names.size() == 1) {
      return quoted(names.getFirst());
    }
    StringBuilder cell = new StringBuilder();
    for (String name : names) {
      if (!cell.isEmpty()) {
        cell.append(", ");
      }
      cell.append(quoted(name));
    }
    return cell.toString();
  }

  private static String quoted(String name) {
    boolean plain =
        !name.isEmpty()
            && name.indexOf(',') < 0
            && name.indexOf('"') < 0
            && !Character.isWhitespace(name.charAt(0))
            && !Character.isWhitespace(name.charAt(name.length() - 1));
    return plain ? name : '"' + name.replace("\"", "\"\"") + '"';
  }

  /**
   * @param cell as {@link #join} or a person wrote it; spaces around a name and empty names mean
   *     nothing
   * @throws Unreadable when a quote is opened and not closed
   */
  static List<String> split(String cell) throws Unreadable {
    List<String> names = new ArrayList<>();
    int at = 0;
    while (at < cell.length()) {
      if (Character.isWhitespace(cell.charAt(at)) || cell.charAt(at) == ',') {
        at++;
      } else if (cell.charAt(at) == '"') {
        StringBuilder name = new StringBuilder();
        at = quotedName(cell, at + 1, name);
        names.add(name.toString());
      } else {
        int comma = cell.indexOf(',', at);
        int end = comma < 0 ? cell.length() : comma;
        names.add(cell.substring(at, end).strip());
        at = end;
      }
    }
    return names;
  }

  /** Where the text goes on behind the closing quote. */
  private static int quotedName(String cell, int start, StringBuilder name) throws Unreadable {
    int at = start;
    while (at < cell.length()) {
      char c = cell.charAt(at++);
      if (c != '"') {
        name.append(c);
      } else if (at < cell.length() && cell.charAt(at) == '"') {
        name.append(cell.charAt(at++));
      } else {
        int comma = cell.indexOf(',', at);
        int end = comma < 0 ? cell.length() : comma;
        name.append(cell.substring(at, end).stripTrailing());
        return end;
      }
    }
    throw new Unreadable(
        Problem.Kind.UNCLOSED_QUOTE,
        "opens a quote and does not close it; quotes are needed only around a name with a comma");
  }
}
