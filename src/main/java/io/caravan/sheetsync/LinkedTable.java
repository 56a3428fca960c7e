package io.caravan.sheetsync;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The records that a link field can point to, by id and by name. An empty one shows ids instead of
 * names, which is what {@code resolveLinkedRecords: false} asks for (TS-12, TS-13).
 */
public final class LinkedTable {
  private final Map<String, String> names;
  private final Map<String, List<String>> ids = new HashMap<>();
  private final Map<String, List<String>> idsIgnoringCase = new HashMap<>();

  /**
   * @param names primary field by record id; a record without a name goes by its id
   */
  public LinkedTable(Map<String, String> names) {
    this.names = Map.copyOf(names);
    names.forEach(
        (id, name) -> {
          ids.computeIfAbsent(name.strip(), _ -> new ArrayList<>()).add(id);
          idsIgnoringCase
              .computeIfAbsent(name.strip().toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
              .add(id);
        });
  }

  /**
   * @return the record's name, or its id where it has none or is not known
   */
  String nameOf(String id) {
    String name = names.get(id);
    return name == null || name.isBlank() ? id : name;
  }

  /**
   * @param name a record's name, exactly or else without regard to case, or a record id
   * @return the records of that name: none, one, or several that cannot be told apart
   */
  List<String> idsOf(String name) {
    String plain = name.strip();
    if (names.containsKey(plain) || names.isEmpty() && RecordIds.isOne(plain)) {
      return List.of(plain);
    }
    List<String> exact = ids.get(plain);
    return exact != null
        ? exact
        : idsIgnoringCase.getOrDefault(plain.toLowerCase(Locale.ROOT), List.of());
  }
}
