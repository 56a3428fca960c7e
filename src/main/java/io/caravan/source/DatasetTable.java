package io.caravan.source;

import java.util.List;

/**
 * A table as a dataset's YAML describes it.
 *
 * @param name null when the YAML does not say: the dataset's own name is meant
 * @param database null when the YAML does not say
 * @param schema null when the YAML does not say
 * @param columns in the order of the YAML; a column occurs as often as it is used
 * @param searchable what people filter by
 * @param notes what could not be read for columns: nothing is known about these, which is not the
 *     same as a column that is missing
 */
public record DatasetTable(
    String name,
    String database,
    String schema,
    List<ColumnUse> columns,
    List<Searchable> searchable,
    List<Note> notes) {

  /**
   * A dimension that people filter by.
   *
   * @param column the dimension's name, or the one column that its expression consists of
   * @param type as written, null when not given
   */
  public record Searchable(String column, String type) {}

  /**
   * A remark for people.
   *
   * @param entry the name of the dimension or measure
   * @param text a sentence
   */
  public record Note(String entry, String text, YamlPlace place) {}
}
