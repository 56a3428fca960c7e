package io.caravan.sheetsync;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The choices of a select field; Airtable takes only these, letter by letter. */
final class Choices {
  private static final int MOST_TO_NAME = 10;

  private final Set<String> names = new HashSet<>();
  private final Map<String, List<String>> ignoringCase = new HashMap<>();
  private final List<String> inOrder = new ArrayList<>();

  /**
   * @param options of the field, with {@code choices}
   */
  Choices(JsonNode options) {
    for (JsonNode choice : options.path("choices")) {
      String name = choice.path("name").asText();
      names.add(name);
      inOrder.add(name);
      ignoringCase.computeIfAbsent(name.toLowerCase(Locale.ROOT), _ -> new ArrayList<>()).add(name);
    }
  }

  /** The choice of that name, exactly or else without regard to case; null when there is none. */
  String find(String name) {
    if (names.contains(name)) {
      return name;
    }
    List<String> similar =
        ignoringCase.getOrDefault(name.strip().toLowerCase(Locale.ROOT), List.of());
    return similar.size() == 1 ? similar.getFirst() : null;
  }

  Unreadable unknown() {
    String some = NameList.join(inOrder.stream().limit(MOST_TO_NAME).toList());
    return new Unreadable(
        Problem.Kind.UNKNOWN_CHOICE,
        inOrder.isEmpty()
            ? "holds a choice and the field has none; add it in Airtable"
            : "holds none of the field's choices; use %s%s, or add it in Airtable"
                .formatted(some, inOrder.size() > MOST_TO_NAME ? " or another one" : ""));
  }
}
