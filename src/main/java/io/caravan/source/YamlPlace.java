package io.caravan.source;

import org.yaml.snakeyaml.error.Mark;

/**
 * Where something stands in a text, as editors count.
 *
 * @param line from 1
 * @param column from 1, in characters as people see them: an emoji counts once
 */
public record YamlPlace(int line, int column) {
  static YamlPlace of(Mark mark) {
    return new YamlPlace(mark.getLine() + 1, mark.getColumn() + 1);
  }

  @Override
  public String toString() {
    return "line " + line + ", column " + column;
  }
}
