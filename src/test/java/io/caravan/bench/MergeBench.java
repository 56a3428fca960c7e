package io.caravan.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.sheetsync.AirtableRecord;
import io.caravan.sheetsync.ConflictResolution;
import io.caravan.sheetsync.Merge;
import io.caravan.sheetsync.MergeInput;
import io.caravan.sheetsync.MergeOptions;
import io.caravan.sheetsync.Plan;
import io.caravan.sheetsync.SheetTab;
import io.caravan.sheetsync.SheetTab.SheetRow;
import io.caravan.sheetsync.Snapshot;
import io.caravan.sheetsync.SyncDirection;
import io.caravan.sheetsync.TableSchema;
import io.caravan.sheetsync.Value;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A merge of 100 000 records of 20 cells, against SHA-256 over the very same cells: one digest a
 * record and one a row, so 200 000 digests of 20 cells each, which is what a sync that compares
 * hashes has to do before it knows anything. Both start from what the APIs answered, in memory.
 */
public final class MergeBench {
  private static final int ROUNDS = 9;
  private static final int WARM_UPS = 4;
  private static final int COLUMNS = 20;
  private static final List<String> TYPES =
      List.of(
          "singleLineText",
          "multilineText",
          "number",
          "checkbox",
          "singleSelect",
          "email",
          "currency",
          "date",
          "multipleSelects",
          "dateTime");
  private static final List<String> CHOICES = List.of("open", "in work", "done", "given up");

  private final int size;
  private final Random random = new Random(7);
  private final List<AirtableRecord> records = new ArrayList<>();
  private final List<SheetRow> rows = new ArrayList<>();
  private final Map<String, Snapshot> base = new HashMap<>();
  private int hashed;

  private MergeBench(int size) {
    this.size = size;
    for (int i = 0; i < size; i++) {
      addPair(i);
    }
    // A sheet that people sort.
    List<List<?>> cells = new ArrayList<>(rows.stream().<List<?>>map(SheetRow::cells).toList());
    Collections.shuffle(cells, random);
    for (int i = 0; i < size; i++) {
      rows.set(i, new SheetRow(i + 2, cells.get(i)));
    }
  }

  public static void main(String[] arguments) throws Exception {
    int size = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
    double[] sizes = {size / 10.0, 3 * size / 10.0, size};
    double[] times = new double[sizes.length];
    Ratio ratio = null;
    for (int i = 0; i < sizes.length; i++) {
      ratio = new MergeBench((int) sizes[i]).measure();
      times[i] = Ratio.median(ratio.product());
    }
    Verdict.head("ms");
    Verdict.atMost(
        "merge of %,d x %d cells, 1 %% changed on each side, against SHA-256 a record and a row"
            .formatted(size, COLUMNS),
        Ratio.median(ratio.limit()),
        Ratio.median(ratio.product()),
        ratio.median(),
        5.0,
        2.0);
    System.out.printf(
        "slope of log time over log records: %.2f %s%n",
        Ratio.slope(sizes, times), Arrays.toString(times));
  }

  private Ratio measure() throws Exception {
    MergeInput input = input();
    for (int i = 0; i < WARM_UPS; i++) {
      check(Merge.plan(input));
      hash();
    }
    return Ratio.measure(ROUNDS, this::hash, () -> check(Merge.plan(input)));
  }

  /** Every hundredth record was edited, and its row in another column; nothing else is planned. */
  private void check(Plan plan) {
    int edited = (size + 99) / 100;
    if (plan.recordUpdates().size() != edited
        || plan.rowUpdates().size() != edited
        || !plan.conflicts().isEmpty()
        || !plan.problems().isEmpty()
        || !plan.recordCreates().isEmpty()
        || !plan.rowAppends().isEmpty()
        || plan.recordUpdates().stream()
            .anyMatch(u -> !u.fields().toString().equals("{\"fld0\":\"edited in the sheet\"}"))
        || plan.rowUpdates().stream()
            .anyMatch(u -> !u.writes().getFirst().after().equals("edited in Airtable"))) {
      throw new IllegalStateException("Not the plan of these edits: " + plan.statistics());
    }
  }

  private void hash() throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (AirtableRecord record : records) {
      for (int column = 0; column < COLUMNS; column++) {
        JsonNode cell = record.fields().get("fld" + column);
        if (cell != null) {
          digest.update(
              (cell.isValueNode() ? cell.asText() : cell.toString())
                  .getBytes(StandardCharsets.UTF_8));
        }
        digest.update((byte) column);
      }
      hashed += digest.digest()[0];
    }
    for (SheetRow row : rows) {
      for (Object cell : row.cells()) {
        if (cell != null) {
          digest.update(cell.toString().getBytes(StandardCharsets.UTF_8));
        }
        digest.update((byte) 0);
      }
      hashed += digest.digest()[0];
    }
  }

  private void addPair(int i) {
    String id = "rec%014d".formatted(i);
    ObjectNode fields = JsonNodeFactory.instance.objectNode();
    Object[] cells = new Object[COLUMNS + 1];
    Map<String, Value> values = new HashMap<>();
    cells[0] = id;
    for (int column = 0; column < COLUMNS; column++) {
      String field = "fld" + column;
      Value value = value(TYPES.get(column % TYPES.size()), i);
      values.put(field, value);
      if (!value.isEmpty()) {
        fields.set(field, json(value));
      }
      cells[column + 1] = cell(value);
    }
    base.put(id, Snapshot.of(values));
    if (i % 100 == 0) {
      cells[1] = "edited in the sheet";
      fields.put("fld1", "edited in Airtable");
    }
    records.add(new AirtableRecord(id, fields, null));
    rows.add(new SheetRow(i + 2, Arrays.asList(cells)));
  }

  private Value value(String type, int i) {
    if (random.nextInt(10) == 0) {
      return type.equals("checkbox") ? new Value.Flag(false) : Value.EMPTY;
    }
    return switch (type) {
      case "number", "currency" ->
          new Value.Decimal(BigDecimal.valueOf(random.nextInt(1_000_000), 2));
      case "checkbox" -> new Value.Flag(random.nextBoolean());
      case "singleSelect" -> new Value.Text(CHOICES.get(random.nextInt(CHOICES.size())));
      case "multipleSelects" -> new Value.Items(CHOICES.subList(0, 1 + random.nextInt(3)));
      case "date" -> new Value.Day(LocalDate.EPOCH.plusDays(random.nextInt(20_000)));
      case "dateTime" -> new Value.Moment(Instant.ofEpochSecond(random.nextInt()));
      case "email" -> new Value.Text("person.%d@example.org".formatted(i));
      default -> new Value.Text("%s of number %d".formatted(type, i));
    };
  }

  private static JsonNode json(Value value) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    return switch (value) {
      case Value.Decimal(var number) -> json.numberNode(number.doubleValue());
      case Value.Day(var date) -> json.textNode(date.toString());
      case Value.Moment(var instant) -> json.textNode(instant.toString().replace("Z", ".000Z"));
      case Value.Items(var names) -> {
        ArrayNode array = json.arrayNode();
        names.forEach(array::add);
        yield array;
      }
      default -> value.toJson();
    };
  }

  private static Object cell(Value value) {
    return switch (value) {
      case Value.Text(var text) -> text;
      case Value.Decimal(var number) -> number.doubleValue();
      case Value.Flag(var on) -> on;
      case Value.Day(var date) -> date.toString();
      case Value.Moment(var instant) -> instant.toString().replace('T', ' ').replace("Z", "");
      case Value.Items(var names) -> String.join(", ", names);
      default -> null;
    };
  }

  private MergeInput input() throws Exception {
    JsonNode choices =
        new JsonMapper().readTree("{\"precision\":2,\"timeZone\":\"utc\",\"choices\":[]}");
    CHOICES.forEach(name -> ((ArrayNode) choices.get("choices")).addObject().put("name", name));
    List<TableSchema.Field> fields = new ArrayList<>();
    List<Object> header = new ArrayList<>(List.of("Record ID"));
    Map<String, String> mappings = new LinkedHashMap<>();
    for (int column = 0; column < COLUMNS; column++) {
      String name = "Column " + column;
      fields.add(
          new TableSchema.Field("fld" + column, name, TYPES.get(column % TYPES.size()), choices));
      header.add(name);
      mappings.put(name, name);
    }
    return new MergeInput(
        new TableSchema("tbl", "Things", "fld0", fields),
        records,
        new SheetTab(1, header, rows),
        base,
        Map.of(),
        Map.of(),
        new MergeOptions(
            SyncDirection.BIDIRECTIONAL,
            ConflictResolution.MANUAL,
            ConflictResolution.MANUAL,
            mappings,
            "Record ID",
            null,
            true,
            false,
            false,
            false,
            Map.of(),
            Set.of(),
            0.2,
            5,
            false));
  }
}
