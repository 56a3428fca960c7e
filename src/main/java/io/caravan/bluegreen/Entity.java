package io.caravan.bluegreen;

import com.fasterxml.jackson.core.JsonPointer;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is published as one view (seed chapter "Database Structure").
 *
 * @param name in snake case; the name of its tables and of the view
 * @param path where its payload is fetched, below the source's URL; several entities may share one
 * @param each where an element of the payload holds what becomes rows; null when it is the row
 * @param key the columns that tell rows apart
 * @param unique other sets of columns that are unique
 * @param merge whether rows of the same key are one thing told more than once
 */
record Entity(
    String name,
    String path,
    JsonPointer each,
    List<String> key,
    List<List<String>> unique,
    boolean merge,
    List<Column> columns) {
  /** Entities that rows of this one refer to, itself left out. */
  List<String> references() {
    return columns.stream()
        .map(Column::references)
        .filter(other -> other != null && !other.equals(name))
        .distinct()
        .toList();
  }

  /** Of each set of columns that is unique, their places among the columns. */
  List<int[]> keyIndexes() {
    List<String> names = columns.stream().map(Column::name).toList();
    return Stream.concat(Stream.of(key), unique.stream())
        .map(set -> set.stream().mapToInt(names::indexOf).toArray())
        .toList();
  }
}
