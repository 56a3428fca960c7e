package io.caravan.sheetsync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The merge rules once more, on nothing but texts by key and field. It knows no ids, no cells, no
 * plan and no class of the product beyond the settings, so that both can only agree by being right.
 */
final class SyncOracle {
  /** What a cell means that cannot be read. */
  private static final String WORD = "!";

  private final TwoSides sides;
  private Map<String, Map<String, String>> airtable = new TreeMap<>();
  private Map<String, Map<String, String>> sheet = new TreeMap<>();
  private final Map<String, Map<String, String>> base = new TreeMap<>();

  /** Keys of rows that have a record's id. */
  private Set<String> withId = new HashSet<>();

  SyncOracle(TwoSides sides) {
    this.sides = sides;
  }

  static String tags(List<String> tags) {
    return String.join("|", new TreeSet<>(tags));
  }

  static List<String> tagList(String tags) {
    return tags.isEmpty() ? List.of() : Arrays.asList(tags.split("\\|"));
  }

  /** What people left on both sides. */
  void observe() {
    airtable = readAirtable();
    withId = new HashSet<>();
    sheet = readSheet(withId);
  }

  void check() {
    assertThat(readAirtable()).as("Airtable").isEqualTo(airtable);
    assertThat(readSheet(new HashSet<>())).as("Sheet").isEqualTo(sheet);
  }

  /**
   * Whether no conflict ever waits, so that keys are agreed on and tell a copy from its original.
   */
  boolean isSettled() {
    return winner() != null;
  }

  /** Keys that nobody has touched since both sides agreed on everything of them. */
  List<String> untouched() {
    return base.keySet().stream()
        .filter(key -> base.get(key).equals(airtable.get(key)))
        .filter(key -> base.get(key).equals(sheet.get(key)) && withId.contains(key))
        .toList();
  }

  /** One cycle. */
  void step() {
    Set<String> keys = new TreeSet<>(airtable.keySet());
    keys.addAll(sheet.keySet());
    keys.addAll(base.keySet());
    keys.forEach(this::step);
  }

  private void step(String key) {
    Map<String, String> a = airtable.get(key);
    Map<String, String> s = sheet.get(key);
    if (a != null && s != null) {
      Map<String, String> b = base.computeIfAbsent(key, _ -> new TreeMap<>());
      People.FIELDS.forEach(field -> merge(a, s, b, field));
    } else if (a != null) {
      onlyAirtable(key, a, base.get(key));
    } else if (s != null) {
      if (!withId.contains(key)) {
        base.remove(key);
      }
      onlySheet(key, s, base.get(key));
    } else {
      base.remove(key);
    }
  }

  private void merge(
      Map<String, String> a, Map<String, String> s, Map<String, String> b, String field) {
    String left = a.get(field);
    String right = s.get(field);
    String before = b.get(field);
    boolean fromAirtable;
    if (left.equals(right)) {
      b.put(field, left);
      return;
    }
    switch (sides.direction) {
      case AIRTABLE_TO_SHEETS -> {
        if (before == null && left.isEmpty()) {
          return;
        }
        fromAirtable = true;
      }
      case SHEETS_TO_AIRTABLE -> {
        if (right.equals(WORD) || before == null && right.isEmpty()) {
          return;
        }
        fromAirtable = false;
      }
      default -> {
        if (right.equals(WORD)) {
          return;
        }
        if (before == null && (left.isEmpty() || right.isEmpty())) {
          fromAirtable = right.isEmpty();
        } else if (before != null && (left.equals(before) || right.equals(before))) {
          fromAirtable = right.equals(before);
        } else if (winner() == null) {
          return;
        } else {
          fromAirtable = winner() == Side.AIRTABLE;
        }
      }
    }
    (fromAirtable ? s : a).put(field, fromAirtable ? left : right);
    b.put(field, fromAirtable ? left : right);
  }

  private void onlyAirtable(String key, Map<String, String> a, Map<String, String> b) {
    boolean edited = b != null && differs(a, b);
    boolean comes =
        switch (sides.direction) {
          case AIRTABLE_TO_SHEETS -> true;
          case SHEETS_TO_AIRTABLE -> false;
          case BIDIRECTIONAL -> b == null || edited && winner() == Side.AIRTABLE;
        };
    boolean waits = sides.direction == SyncDirection.BIDIRECTIONAL && edited && winner() == null;
    if (comes) {
      sheet.put(key, new TreeMap<>(a));
      base.put(key, new TreeMap<>(a));
    } else if (!waits && sides.deleteExtraRecords) {
      airtable.remove(key);
      base.remove(key);
    } else if (!waits && edited && sides.direction == SyncDirection.BIDIRECTIONAL) {
      b.putAll(a);
    }
  }

  private void onlySheet(String key, Map<String, String> s, Map<String, String> b) {
    boolean edited = b != null && differs(s, b);
    boolean comes =
        switch (sides.direction) {
          case SHEETS_TO_AIRTABLE -> true;
          case AIRTABLE_TO_SHEETS -> false;
          case BIDIRECTIONAL -> b == null || edited && winner() == Side.SHEETS;
        };
    boolean waits = sides.direction == SyncDirection.BIDIRECTIONAL && edited && winner() == null;
    if (comes) {
      Map<String, String> created = new TreeMap<>(s);
      Map<String, String> agreed = new TreeMap<>(s);
      agreed.values().removeIf(WORD::equals);
      created.replaceAll((_, value) -> value.equals(WORD) ? "" : value);
      airtable.put(key, created);
      base.put(key, agreed);
    } else if (!waits && sides.deleteExtraRows) {
      sheet.remove(key);
      base.remove(key);
    } else if (!waits && edited && sides.direction == SyncDirection.BIDIRECTIONAL) {
      s.forEach(
          (field, value) -> {
            if (!value.equals(WORD)) {
              b.put(field, value);
            }
          });
    }
  }

  private static boolean differs(Map<String, String> now, Map<String, String> before) {
    return before.entrySet().stream()
        .anyMatch(field -> !field.getValue().equals(now.get(field.getKey())));
  }

  /** Times are never given in these histories, so the newest is never known. */
  private Side winner() {
    ConflictResolution rule =
        sides.resolution == ConflictResolution.NEWEST_WINS ? sides.fallback : sides.resolution;
    return switch (rule) {
      case AIRTABLE_WINS -> Side.AIRTABLE;
      case SHEETS_WINS -> Side.SHEETS;
      default -> null;
    };
  }

  private Map<String, Map<String, String>> readAirtable() {
    Map<String, Map<String, String>> read = new TreeMap<>();
    sides.records.forEach(
        (id, record) -> {
          Map<String, String> values = new TreeMap<>();
          for (String field : People.FIELDS) {
            var json = record.get("fld" + field);
            values.put(
                field,
                switch (field) {
                  case "Tags" ->
                      json == null
                          ? ""
                          : tags(json.valueStream().map(tag -> tag.asText()).toList());
                  case "Done" -> json == null ? "" : "TRUE";
                  case "Amount" -> json == null ? "" : number(json.doubleValue());
                  default -> json == null ? "" : json.asText();
                });
          }
          String key = key(values.get("Key"));
          values.put("Key", key);
          assertThat(read.put(key, values)).as("a duplicate of %s in Airtable", key).isNull();
        });
    return read;
  }

  private Map<String, Map<String, String>> readSheet(Set<String> keysWithId) {
    Map<String, Map<String, String>> read = new TreeMap<>();
    List<Object> header = sides.grid.getFirst();
    for (List<Object> row : sides.grid.subList(1, sides.grid.size())) {
      Map<String, String> values = new TreeMap<>();
      for (String field : People.FIELDS) {
        values.put(field, meaning(field, at(row, header.indexOf(field))));
      }
      String key = key(values.get("Key"));
      values.put("Key", key);
      if (!key.isEmpty()) {
        assertThat(read.put(key, values)).as("a duplicate of %s in the sheet", key).isNull();
        if (at(row, header.indexOf(TwoSides.ID)) != null) {
          keysWithId.add(key);
        }
      }
    }
    return read;
  }

  /** People differ in how they spell a key, and it never changes. */
  static String key(String text) {
    return text.strip().toLowerCase(Locale.ROOT);
  }

  private static Object at(List<Object> row, int column) {
    return column < row.size() ? row.get(column) : null;
  }

  private static String meaning(String field, Object cell) {
    if (cell == null) {
      return "";
    }
    return switch (field) {
      case "Amount" ->
          switch (cell.toString()) {
            case "1,234.50" -> "1234.5";
            case "a word" -> WORD;
            case String number -> number(Double.parseDouble(number));
          };
      case "Done" -> List.of("yes", "1.0", "true").contains(cell.toString()) ? "TRUE" : "";
      case "Due" ->
          switch (cell.toString()) {
            case "31/12/1999", "36525.0", "Dec 31, 1999" -> "1999-12-31";
            // A date that a person typed keeps its form when another comes from Airtable.
            case "46056.0" -> "2026-02-03";
            case "45351.0" -> "2024-02-29";
            case String iso -> iso;
          };
      case "Tags" -> tags(cellTags(cell.toString()));
      default -> cell.toString();
    };
  }

  /** Takes known names off the text, longest spelling first. */
  private static List<String> cellTags(String cell) {
    Set<String> tags = new TreeSet<>();
    String rest = cell;
    for (var spelling :
        Map.of("\"a, b\"", "a, b", "\"\"\"x\"\"\"", "\"x\"", "red", "red", "green", "green")
            .entrySet()) {
      if (rest.contains(spelling.getKey())) {
        tags.add(spelling.getValue());
        rest = rest.replace(spelling.getKey(), "");
      }
    }
    assertThat(rest.replace(",", "").isBlank()).as("tags of %s", cell).isTrue();
    return List.copyOf(tags);
  }

  private static String number(double number) {
    double rounded = Math.round(number * 100) / 100.0;
    return rounded == Math.rint(rounded) ? String.valueOf((long) rounded) : String.valueOf(rounded);
  }
}
