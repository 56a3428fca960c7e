package io.caravan.schemasync;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The type names of one vendor, or those that people use for any.
 *
 * @param names each with what it means without a size
 * @param also second meanings, by the plain form of a whole spelling
 */
record Vocabulary(Map<String, ColumnType> names, Map<String, List<ColumnType>> also) {
  private static final String FILE = "types.yaml";
  private static final String ALSO = "also";

  /**
   * All vocabularies of {@code types.yaml}, by the vendor's name in the API, and {@code generic}.
   *
   * @throws IllegalStateException when the file is wrong, so that no release leaves with it
   */
  static Map<String, Vocabulary> all() {
    Map<String, Vocabulary> all = new LinkedHashMap<>();
    map(read()).forEach((vendor, section) -> all.put(vendor, of(map(section))));
    return all;
  }

  /**
   * What a spelling means here, the sizes of its own included; empty when the name is not known.
   */
  List<ColumnType> meanings(Spelling spelling) {
    List<ColumnType> meanings = new ArrayList<>();
    ColumnType type = names.get(spelling.name());
    if (type != null) {
      meanings.add(TypeMaker.sized(type, spelling));
    }
    meanings.addAll(also.getOrDefault(spelling.plain(), List.of()));
    return meanings;
  }

  /**
   * Reads the section of one vendor.
   *
   * @throws IllegalStateException when a name stands in it twice
   */
  static Vocabulary of(Map<String, ?> section) {
    Map<String, ColumnType> names = new HashMap<>();
    Map<String, List<ColumnType>> also = new HashMap<>();
    section.forEach(
        (key, value) -> {
          if (key.equals(ALSO)) {
            map(value).forEach((type, spellings) -> addAlso(also, type, spellings));
          } else {
            strings(value).forEach(name -> addName(names, key, name));
          }
        });
    return new Vocabulary(names, also);
  }

  private static void addName(Map<String, ColumnType> names, String key, String name) {
    if (names.put(name, TypeMaker.ofKey(Spelling.of(key))) != null) {
      throw new IllegalStateException(FILE + " has " + name + " twice for one vendor");
    }
  }

  private static void addAlso(Map<String, List<ColumnType>> also, String key, Object spellings) {
    for (String spelling : strings(spellings)) {
      also.computeIfAbsent(Spelling.of(spelling).plain(), _ -> new ArrayList<>())
          .add(TypeMaker.ofKey(Spelling.of(key)));
    }
  }

  private static Object read() {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    try (InputStream file = Vocabulary.class.getResourceAsStream("/schemasync/" + FILE)) {
      return new Yaml(new SafeConstructor(options)).load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, ?> map(Object value) {
    return (Map<String, ?>) value;
  }

  @SuppressWarnings("unchecked")
  private static List<String> strings(Object value) {
    return (List<String>) value;
  }
}
