package io.caravan.sheetsync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Exactly what a cycle writes, cell by cell, and what both sides agree on once each part is done.
 * Row numbers are those of the read; whoever writes finds the row again by its record id, or by its
 * content where it has none, and leaves a cell alone that no longer holds {@code before}.
 *
 * @param headerCells headers to be written
 * @param recordCreates records to be created from rows; the new id goes into the row's id cell
 * @param recordUpdates fields to be patched; never a PUT, which would wipe unmapped fields
 * @param recordDeletes records to be deleted
 * @param rowAppends rows to be appended
 * @param rowUpdates cells to be written
 * @param rowDeletes rows to be deleted, from the bottom up
 * @param idCells record ids to be written into rows that were matched by their content
 * @param linkedRecords linked records to be created first; add them to the linked table and merge
 *     again
 * @param conflicts every conflict, with both values and who won
 * @param problems what was left alone and what to change
 * @param settled what both sides agree on already; to be stored whether or not anything is written
 * @param forgotten records that both sides no longer have
 * @param halts brakes; with one of them nothing of this may be written
 * @param statistics counts
 */
public record Plan(
    List<HeaderCell> headerCells,
    List<RecordCreate> recordCreates,
    List<RecordUpdate> recordUpdates,
    List<RecordDelete> recordDeletes,
    List<RowAppend> rowAppends,
    List<RowUpdate> rowUpdates,
    List<RowDelete> rowDeletes,
    List<IdCell> idCells,
    List<LinkedRecord> linkedRecords,
    List<Conflict> conflicts,
    List<Problem> problems,
    List<BaseChange> settled,
    List<String> forgotten,
    List<Halt> halts,
    Statistics statistics) {

  /** A header cell. */
  public record HeaderCell(int row, int column, String text) {}

  /**
   * A field of a record to be written.
   *
   * @param fieldId the field
   * @param before JSON that was read, or null when the field was left out
   * @param after JSON to be written; a null node clears
   * @param value what {@code after} means
   * @param rule why, for the journal
   */
  public record FieldWrite(
      String fieldId, JsonNode before, JsonNode after, Value value, Rule rule) {}

  /**
   * A cell to be written {@code RAW}.
   *
   * @param fieldId the field; null for a cell of no mapped column, which only an undo writes
   * @param column the column, 0 for A
   * @param before content that was read, or null when it was empty
   * @param after String, BigDecimal or Boolean; {@code ""} clears
   * @param value what {@code after} means
   * @param rule why, for the journal
   */
  public record CellWrite(
      String fieldId, int column, Object before, Object after, Value value, Rule rule) {}

  /**
   * A record to be created.
   *
   * @param row the row it comes from; 0 for one that an undo brings back
   * @param idColumn where its new id goes
   * @param oldId the id that stands there, or null; its snapshot stays until a later plan forgets
   *     it, or the row would be a stranger if the new id never reached it
   * @param writes its fields
   * @param settles what both sides agree on then, empty fields included
   */
  public record RecordCreate(
      int row, int idColumn, String oldId, List<FieldWrite> writes, Map<String, Value> settles) {
    /** The body's {@code fields}. */
    public ObjectNode fields() {
      return fieldsOf(writes);
    }

    /**
     * @param recordId the id that Airtable gave
     */
    public BaseChange baseChange(String recordId) {
      return new BaseChange(recordId, settles, null);
    }
  }

  /**
   * Fields of a record to be patched.
   *
   * @param recordId the record
   * @param row the row they come from
   * @param writes only what differs
   */
  public record RecordUpdate(String recordId, int row, List<FieldWrite> writes) {
    /** The body's {@code fields}. */
    public ObjectNode fields() {
      return fieldsOf(writes);
    }

    /** What was read of these fields. */
    public ObjectNode before() {
      ObjectNode before = JsonNodeFactory.instance.objectNode();
      writes.forEach(write -> before.set(write.fieldId(), write.before()));
      return before;
    }

    /** What both sides agree on when it is done. */
    public BaseChange baseChange() {
      Map<String, Value> values = HashMap.newHashMap(writes.size());
      writes.forEach(write -> values.put(write.fieldId(), write.value()));
      return new BaseChange(recordId, values, null);
    }
  }

  /**
   * A record to be deleted; its snapshot goes when this is done.
   *
   * @param recordId the record
   * @param before its fields, for undo
   */
  public record RecordDelete(String recordId, JsonNode before) {}

  /**
   * A row to be appended below all others.
   *
   * @param recordId the record it shows
   * @param idColumn where the id goes
   * @param writes its cells
   * @param settles what both sides agree on then
   */
  public record RowAppend(
      String recordId, int idColumn, List<CellWrite> writes, Map<String, Value> settles) {
    /** What both sides agree on when it is done. */
    public BaseChange baseChange() {
      return new BaseChange(recordId, settles, null);
    }
  }

  /**
   * Cells of a row to be written.
   *
   * @param recordId the record it shows
   * @param row its number when it was read
   * @param writes only what differs
   */
  public record RowUpdate(String recordId, int row, List<CellWrite> writes) {
    /** What both sides agree on when it is done. */
    public BaseChange baseChange() {
      Map<String, Value> values = HashMap.newHashMap(writes.size());
      for (CellWrite write : writes) {
        if (write.fieldId() != null) {
          values.put(write.fieldId(), write.value());
        }
      }
      return new BaseChange(recordId, values, null);
    }
  }

  /**
   * A row to be deleted.
   *
   * @param recordId the record whose snapshot goes when this is done, or null when the row never
   *     had one of its own
   * @param row its number when it was read
   * @param before its cells, for undo
   */
  public record RowDelete(String recordId, int row, List<?> before) {}

  /**
   * A record id to be written into a row.
   *
   * @param row its number when it was read
   * @param column the id column
   * @param recordId the id
   */
  public record IdCell(int row, int column, String recordId) {}

  /**
   * A linked record that a name in the sheet asks for.
   *
   * @param tableId the linked table
   * @param name its primary field
   */
  public record LinkedRecord(String tableId, String name) {}

  /**
   * What both sides agree on for a record.
   *
   * @param recordId the record
   * @param values by field id, only those that are new
   * @param missingIn the side that deleted it and where it stays deleted, or null
   */
  public record BaseChange(String recordId, Map<String, Value> values, Side missingIn) {}

  /** Why a value is written. */
  public enum Rule {
    NEW,
    ONLY_AIRTABLE_CHANGED,
    ONLY_SHEET_CHANGED,
    EMPTY_FILLED,
    ONE_WAY,
    READ_ONLY,
    CONFLICT,
    UNDO
  }

  /** Whether a brake forbids to write. */
  public boolean halted() {
    return !halts.isEmpty();
  }

  /** Whether there is nothing to write on either side. */
  public boolean isIdle() {
    return headerCells.isEmpty()
        && recordCreates.isEmpty()
        && recordUpdates.isEmpty()
        && recordDeletes.isEmpty()
        && rowAppends.isEmpty()
        && rowUpdates.isEmpty()
        && rowDeletes.isEmpty()
        && idCells.isEmpty()
        && linkedRecords.isEmpty();
  }

  private static ObjectNode fieldsOf(List<FieldWrite> writes) {
    ObjectNode fields = JsonNodeFactory.instance.objectNode();
    writes.forEach(write -> fields.set(write.fieldId(), write.after()));
    return fields;
  }
}
