package io.caravan.sheetsync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.caravan.sheetsync.Value.Decimal;
import io.caravan.sheetsync.Value.Flag;
import io.caravan.sheetsync.Value.Reference;
import io.caravan.sheetsync.Value.References;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;

/**
 * A field and the sheet's column that it is mapped to: the only place where the two sides' cells
 * meet. Raw content is compared before anything is converted, as almost every cell of a cycle is
 * unchanged.
 *
 * @param field the field
 * @param index the column, 0 for A
 * @param writable whether Airtable takes values of the field's type
 * @param codec how its values are written on either side
 */
record Column(TableSchema.Field field, int index, boolean writable, FieldCodec codec) {
  /** Google's limit of one cell. */
  private static final int MOST_CHARACTERS = 50_000;

  /** What {@code UNFORMATTED_VALUE} answers for a formula that has no value, or none yet. */
  private static final Set<Object> FORMULA_ERRORS =
      Set.of(
          "#NULL!",
          "#DIV/0!",
          "#VALUE!",
          "#REF!",
          "#NAME?",
          "#NUM!",
          "#N/A",
          "#ERROR!",
          "Loading...");

  static Column of(TableSchema.Field field, int index, LinkedTable linked) {
    FieldType type = FieldType.of(field.type());
    return new Column(field, index, type.writable(), type.codec(field.options(), linked));
  }

  String id() {
    return field.id();
  }

  /**
   * What a snapshot says of this field; null when nothing, or of a type that the field had before.
   */
  Value base(Snapshot snapshot) {
    Value value = snapshot == null ? null : snapshot.values().get(field.id());
    if (value == null || value == Value.EMPTY) {
      return value == null ? null : codec.empty();
    }
    return codec.holds(value) ? value : null;
  }

  /** What Airtable's JSON means; null and a null node are empty. */
  Value ofAirtable(JsonNode json) {
    return json == null || json.isNull() ? codec.empty() : codec.ofAirtable(json);
  }

  /** JSON to be written; null clears. */
  JsonNode toAirtable(Value value) {
    return value == Value.EMPTY ? NullNode.getInstance() : codec.toAirtable(value);
  }

  /**
   * What a cell means.
   *
   * @param cell content or null
   * @param base what both sides last agreed on, or null; names that stood there keep their meaning
   * @throws Unreadable when it is no value of the field
   */
  Value ofCell(Object cell, Value base) throws Unreadable {
    if (isBlank(cell)) {
      return codec.empty();
    }
    if (FORMULA_ERRORS.contains(cell)) {
      throw new Unreadable(
          Problem.Kind.FORMULA_ERROR,
          "shows an error of its formula, which is nobody's edit; repair the formula");
    }
    return codec.ofCell(cell, base);
  }

  /** Spaces are content of a text and nothing elsewhere. */
  private boolean isBlank(Object cell) {
    return cell == null
        || cell instanceof String text
            && (text.isEmpty() || !(codec instanceof TextCodec) && text.isBlank());
  }

  /**
   * The content that shows a value, to be written {@code RAW}.
   *
   * @param old content so far, whose form is kept where the field knows several, or null
   * @return String, BigDecimal or Boolean; {@code ""} clears
   * @throws Unreadable when no cell can hold it
   */
  Object toCell(Value value, Object old) throws Unreadable {
    Object cell = value == Value.EMPTY ? "" : codec.toCell(value, old);
    if (cell instanceof String text && text.length() > MOST_CHARACTERS) {
      throw new Unreadable(
          Problem.Kind.TOO_LONG_FOR_CELL,
          "would have to hold more than 50 000 characters, the most that a cell takes; shorten the"
              + " text in Airtable");
    }
    return cell;
  }

  /** Whether Airtable holds just this value, under the same names. */
  boolean airtableShows(JsonNode json, Value value) {
    if (json == null || value == Value.EMPTY) {
      return ofAirtable(json).equals(value);
    }
    if (codec.isPlainly(json, value)) {
      return true;
    }
    return sameWithNames(ofAirtable(json), value);
  }

  /** Whether two values are the same and, where they point to something, call it the same. */
  static boolean sameWithNames(Value one, Value other) {
    return one instanceof References(List<Reference> references)
        ? other instanceof References(List<Reference> others)
            && references.size() == others.size()
            && others.containsAll(references)
        : one.equals(other);
  }

  /** Whether a cell shows a value as it stands, letter by letter, whatever else it could mean. */
  boolean cellShows(Object cell, Value value) {
    return switch (value) {
      case Value.Empty _ -> isBlank(cell);
      case Flag(boolean on) when cell == null -> !on;
      case Decimal(BigDecimal number) when cell instanceof Number held ->
          number.doubleValue() == held.doubleValue();
      default -> cell != null && codec.toCell(value).equals(cell);
    };
  }

  /** Whether a cell means a value, in whatever spelling. */
  boolean cellMeans(Object cell, Value value) {
    if (cellShows(cell, value)) {
      return true;
    }
    try {
      return sameWithNames(ofCell(cell, value), value);
    } catch (Unreadable e) {
      return false;
    }
  }
}
