package io.caravan.sheetsync;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** People who edit both sides at random, each in a spelling of their own. */
final class People {
  static final List<String> FIELDS = List.of("Key", "Note", "Amount", "Done", "Tags", "Due");
  static final List<String> TAGS = List.of("red", "green", "a, b", "\"x\"");

  private final Random random;
  private final TwoSides sides;
  private final SyncOracle oracle;
  private final Set<String> originals = new HashSet<>();
  private int newKeys;
  private int newIds;

  /**
   * Chooses how the config is.
   *
   * @param sides still empty
   */
  People(TwoSides sides, Random random) {
    this.sides = sides;
    this.random = random;
    sides
        .field("Key", "singleLineText")
        .field("Note", "multilineText")
        .field("Amount", "number", "{'precision':2}")
        .field("Done", "checkbox")
        .field("Tags", "multipleSelects", null)
        .field("Due", "date");
    sides.fields.set(
        4,
        new TableSchema.Field(
            "fldTags",
            "Tags",
            "multipleSelects",
            TwoSides.json(
                "{\"choices\":[{\"name\":\"red\"},{\"name\":\"green\"},{\"name\":\"a,"
                    + " b\"},{\"name\":\"\\\"x\\\"\"}]}")));
    sides.direction = pick(SyncDirection.values());
    sides.resolution = pick(ConflictResolution.values());
    sides.fallback =
        pick(
            ConflictResolution.AIRTABLE_WINS,
            ConflictResolution.SHEETS_WINS,
            ConflictResolution.MANUAL);
    sides.deleteExtraRows = random.nextBoolean();
    sides.deleteExtraRecords = random.nextBoolean();
    // The brakes have tests of their own; here nobody shall stop.
    sides.approved = true;
    oracle = new SyncOracle(sides);
  }

  /** Says what is to come of the edits. */
  SyncOracle oracle() {
    return oracle;
  }

  /** Some rows of records, in another spelling of the key, and some of their own. */
  void begin() {
    sides.row("Foreign", "Due", TwoSides.ID, "Tags", "", "Key", "Amount", "Note", "Done");
    for (int i = random.nextInt(5); i > 0; i--) {
      addRecord(newKey());
    }
    for (int i = sides.records.size(); i > 0; i--) {
      if (random.nextBoolean()) {
        addRow(random.nextBoolean() ? "key " + i + " " : newKey());
      }
    }
  }

  /** One of all the things people do. */
  void edit() {
    switch (random.nextInt(13)) {
      case 0 -> addRecord(newKey());
      case 1 -> addRow(newKey());
      case 2 -> removeRecord();
      case 3 -> removeRow();
      case 4 -> Collections.shuffle(sides.grid.subList(1, sides.grid.size()), random);
      case 5 -> moveColumn();
      case 6 -> wipeId();
      case 7 -> sides.grid.add(1 + random.nextInt(sides.grid.size()), new ArrayList<>());
      case 8, 9 -> editRecord();
      case 10 -> copyRow();
      default -> editCell();
    }
  }

  private void addRecord(String key) {
    Map<String, String> values = values(key);
    sides.record("rec%014d".formatted(++newIds), "{}");
    values.forEach((field, value) -> setField("rec%014d".formatted(newIds), field, value));
  }

  private void addRow(String key) {
    sides.grid.add(1 + random.nextInt(sides.grid.size()), new ArrayList<>());
    int row = 1;
    while (!sides.grid.get(row).isEmpty()) {
      row++;
    }
    int at = row + 1;
    values(key).forEach((field, value) -> setCell(at, field, value));
  }

  private Map<String, String> values(String key) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("Key", key);
    FIELDS
        .subList(1, FIELDS.size())
        .forEach(field -> values.put(field, random.nextInt(3) == 0 ? "" : value(field)));
    return values;
  }

  private void removeRecord() {
    if (!sides.records.isEmpty()) {
      sides.records.remove(pick(sides.records.keySet().toArray(String[]::new)));
    }
  }

  private void removeRow() {
    Integer row = removableRow();
    if (row != null) {
      sides.grid.remove(row - 1);
    }
  }

  void moveColumn() {
    int width = sides.grid.stream().mapToInt(List::size).max().orElseThrow();
    int from = random.nextInt(width);
    int to = random.nextInt(width);
    for (List<Object> row : sides.grid) {
      while (row.size() < width) {
        row.add(null);
      }
      row.add(to, row.remove(from));
    }
  }

  private void wipeId() {
    Integer row = removableRow();
    if (row != null) {
      sides.set(row, sides.grid.getFirst().indexOf(TwoSides.ID), "");
    }
  }

  /** With its id, as people do, and then with a key of its own. */
  private void copyRow() {
    Integer row = filledRow();
    if (row != null && oracle.isSettled()) {
      originals.add(key(row));
      sides.grid.add(new ArrayList<>(sides.grid.get(row - 1)));
      setCell(sides.grid.size(), "Key", newKey());
    }
  }

  private String key(int row) {
    return SyncOracle.key(
        (String) sides.grid.get(row - 1).get(sides.grid.getFirst().indexOf("Key")));
  }

  /** A copy without its original is the original under a new key, which no oracle could tell. */
  private Integer removableRow() {
    Integer row = filledRow();
    return row == null || originals.contains(key(row)) ? null : row;
  }

  /** Those of the keys whose rows may go. */
  List<String> removable(List<String> keys) {
    return keys.stream().filter(key -> !originals.contains(key)).toList();
  }

  private void editRecord() {
    if (!sides.records.isEmpty()) {
      String field = FIELDS.get(1 + random.nextInt(FIELDS.size() - 1));
      setField(
          pick(sides.records.keySet().toArray(String[]::new)),
          field,
          random.nextInt(4) == 0 ? "" : value(field));
    }
  }

  private void editCell() {
    Integer row = filledRow();
    if (row != null) {
      String field = FIELDS.get(1 + random.nextInt(FIELDS.size() - 1));
      setCell(row, field, random.nextInt(4) == 0 ? "" : value(field));
    }
  }

  /** Number of a row with a key, or null. */
  private Integer filledRow() {
    int column = sides.grid.getFirst().indexOf("Key");
    List<Integer> rows = new ArrayList<>();
    for (int i = 1; i < sides.grid.size(); i++) {
      List<Object> cells = sides.grid.get(i);
      if (column < cells.size() && cells.get(column) != null) {
        rows.add(i + 1);
      }
    }
    return rows.isEmpty() ? null : rows.get(random.nextInt(rows.size()));
  }

  /** In the oracle's words: few values, so that both sides often choose the same. */
  private String value(String field) {
    return switch (field) {
      case "Note" -> pick("=A1", "+1", "007", "x\ny", "TRUE", "-");
      case "Amount" -> pick("1", "9.5", "1234.5", "-0.25");
      case "Done" -> "TRUE";
      case "Tags" -> SyncOracle.tags(pickSome());
      case "Due" -> pick("2026-02-03", "1999-12-31", "2024-02-29");
      default -> throw new IllegalStateException(field);
    };
  }

  private List<String> pickSome() {
    List<String> some = new ArrayList<>(TAGS);
    Collections.shuffle(some, random);
    return some.subList(0, 1 + random.nextInt(3));
  }

  private void setField(String id, String field, String value) {
    var json = TwoSides.json("{}");
    String text = TwoSides.text(value);
    String literal =
        switch (field) {
          case "Amount" -> value;
          case "Done" -> "true";
          case "Tags" ->
              "["
                  + String.join(
                      ",", SyncOracle.tagList(value).stream().map(TwoSides::text).toList())
                  + "]";
          default -> text;
        };
    var patch = (ObjectNode) json;
    patch.set("fld" + field, TwoSides.json(value.isEmpty() ? "null" : literal));
    sides.patch(id, patch);
  }

  /** As one of several people would spell it. */
  private void setCell(int row, String field, String value) {
    Object content =
        switch (field) {
          case "Amount" -> amountCell(value);
          case "Done" -> value.isEmpty() ? pick("", "no", 0.0, false) : pick("yes", 1.0, true);
          case "Tags" -> NameList.join(SyncOracle.tagList(value));
          case "Due" ->
              value.equals("1999-12-31") ? pick("31/12/1999", 36525.0, "Dec 31, 1999") : value;
          default -> value;
        };
    sides.set(row, sides.grid.getFirst().indexOf(field), content);
  }

  private Object amountCell(String value) {
    if (random.nextInt(6) == 0) {
      return "a word";
    }
    return switch (value) {
      case "" -> "";
      case "1234.5" -> pick("1,234.50", "1234.5", 1234.5);
      case "9.5" -> pick("9.50", 9.5, 9.499);
      default -> Double.valueOf(value);
    };
  }

  private String newKey() {
    return "Key " + ++newKeys;
  }

  @SafeVarargs
  private final <T> T pick(T... several) {
    return several[random.nextInt(several.length)];
  }
}
