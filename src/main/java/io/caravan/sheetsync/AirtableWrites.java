package io.caravan.sheetsync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.airtable.AirtableCall;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What is still to be written to a table, by tens: one bad record fails its whole request. */
final class AirtableWrites {
  /** Airtable's limit of one request. */
  static final int MOST = 10;

  /**
   * A part of the plan.
   *
   * @param changeId in the journal
   * @param recordId null for one that is to be made
   * @param fields null for one that is to be deleted
   * @param create null unless it is to be made
   * @param update null unless it is to be changed
   * @param before the fields as they were read
   */
  record Part(
      long changeId,
      String recordId,
      ObjectNode fields,
      Plan.RecordCreate create,
      Plan.RecordUpdate update,
      JsonNode before) {
    /** The row that it comes from; 0 for none. */
    int row() {
      return create != null ? create.row() : update != null ? update.row() : 0;
    }
  }

  /**
   * Parts of one kind that go in one request.
   *
   * @param checked whether its records are known to be as the plan saw them; new ones always are
   */
  record Batch(Change.Action action, List<Part> parts, boolean checked) {
    private List<String> recordIds() {
      return parts.stream().map(Part::recordId).toList();
    }
  }

  private final UUID connection;
  private final String base;
  private final String table;
  private final int size;
  private final Deque<Batch> batches = new ArrayDeque<>();

  AirtableWrites(UUID connection, String base, String table, int batchSize) {
    this.connection = connection;
    this.base = base;
    this.table = table;
    this.size = Math.min(MOST, batchSize);
  }

  void add(Change.Action action, List<Part> parts) {
    for (int start = 0; start < parts.size(); start += size) {
      batches.add(
          new Batch(
              action,
              parts.subList(start, Math.min(parts.size(), start + size)),
              action == Change.Action.CREATE));
    }
  }

  /** Whether the next records have to be read again before they are written. */
  boolean isUnchecked() {
    return isMore() && !batches.peek().checked();
  }

  /** The next records, as many as one page shows. */
  List<String> toCheck() {
    List<String> ids = new ArrayList<>();
    for (Batch batch : batches) {
      if (batch.checked() || ids.size() + batch.parts().size() > AirtableReading.LARGEST_PAGE) {
        break;
      }
      ids.addAll(batch.recordIds());
    }
    return ids;
  }

  /**
   * The next records were read again.
   *
   * @param asked how many, as {@link #toCheck} gave them
   * @param unchanged whether a part may still be written
   * @return parts that may not
   */
  List<Part> checked(int asked, Predicate<Part> unchanged) {
    List<Part> left = new ArrayList<>();
    Deque<Batch> kept = new ArrayDeque<>();
    for (int known = 0; known < asked; ) {
      Batch batch = batches.remove();
      known += batch.parts().size();
      Map<Boolean, List<Part>> parts =
          batch.parts().stream().collect(Collectors.partitioningBy(unchanged));
      left.addAll(parts.get(false));
      if (!parts.get(true).isEmpty()) {
        kept.addFirst(new Batch(batch.action(), parts.get(true), true));
      }
    }
    kept.forEach(batches::addFirst);
    return left;
  }

  boolean isMore() {
    return !batches.isEmpty();
  }

  Batch take() {
    return batches.remove();
  }

  /** One of them is at fault: each goes alone. */
  void split(Batch batch) {
    batch
        .parts()
        .reversed()
        .forEach(part -> batches.addFirst(new Batch(batch.action(), List.of(part), true)));
  }

  /** Never with typecast, which makes choices and linked records by itself, and never PUT. */
  AirtableCall call(Batch batch) {
    List<String> path = List.of(base, table);
    if (batch.action() == Change.Action.DELETE) {
      return new AirtableCall(
          connection, base, "DELETE", path, Map.of("records[]", batch.recordIds()), null, false);
    }
    boolean create = batch.action() == Change.Action.CREATE;
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("returnFieldsByFieldId", true);
    ArrayNode records = body.putArray("records");
    for (Part part : batch.parts()) {
      ObjectNode record = records.addObject();
      if (!create) {
        record.put("id", part.recordId());
      }
      record.set("fields", part.fields());
    }
    return new AirtableCall(
        connection, base, create ? "POST" : "PATCH", path, Map.of(), body, !create);
  }
}
