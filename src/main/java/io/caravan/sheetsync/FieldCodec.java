package io.caravan.sheetsync;

import com.fasterxml.jackson.databind.JsonNode;

/** How one field's values are written on either side. */
interface FieldCodec {
  /**
   * @param json what Airtable answers for the field; never null, never a null node
   * @return its meaning, never null; what cannot be understood becomes text
   */
  Value ofAirtable(JsonNode json);

  /**
   * @param value a value of this field that is not {@link Value#EMPTY}
   * @return what Airtable accepts without {@code typecast}, which would create choices and linked
   *     records
   */
  JsonNode toAirtable(Value value);

  /**
   * @param cell String, Number or Boolean as {@code UNFORMATTED_VALUE} and {@code SERIAL_NUMBER}
   *     give it; never null, never blank
   * @param base what both sides last agreed on, or null
   * @throws Unreadable when the cell is no value of this field
   */
  Value ofCell(Object cell, Value base) throws Unreadable;

  /**
   * @param value a value of this field that is not {@link Value#EMPTY}
   * @return String, BigDecimal or Boolean to be written {@code RAW}, so that nothing in it can
   *     become a formula, a date or a number
   */
  Object toCell(Value value);

  /**
   * A form that the replaced cell already had, where the field knows several.
   *
   * @param old the cell's content so far, or null
   */
  default Object toCell(Value value, Object old) {
    return toCell(value);
  }

  /**
   * Whether a value of the base is still one of this field, which it is not after somebody changed
   * the field's type.
   *
   * @param value not {@link Value#EMPTY}
   */
  boolean holds(Value value);

  /**
   * A cheap look before anything is converted.
   *
   * @param value one that {@link #holds} accepts
   * @return true when the JSON is just how Airtable writes the value; false says nothing
   */
  default boolean isPlainly(JsonNode json, Value value) {
    return false;
  }

  /** What an empty cell and a field left out mean. */
  default Value empty() {
    return Value.EMPTY;
  }
}
