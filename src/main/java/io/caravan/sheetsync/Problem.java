package io.caravan.sheetsync;

/**
 * Something a person has to put right; whatever it names is left alone on both sides and the rest
 * goes on (TS-13, {@code validationMode: lenient}).
 *
 * @param kind what it is
 * @param recordId the record, or null when it has none yet or the set-up is meant
 * @param field the field's name, or null when the whole record or row is meant
 * @param cell the cell in A1 notation, or null when there is none
 * @param message a sentence that says what to change, without the cell's content
 */
public record Problem(Kind kind, String recordId, String field, String cell, String message) {
  /** What can be wrong. */
  public enum Kind {
    // The set-up.
    NO_MAPPING,
    MISSING_FIELD,
    MISSING_COLUMN,
    DUPLICATE_HEADER,
    FIELD_MAPPED_TWICE,
    TWO_FIELDS_ONE_COLUMN,
    ID_COLUMN_MAPPED,
    READ_ONLY_TARGET,
    MATCH_FIELD_UNUSABLE,
    // One cell.
    NOT_A_NUMBER,
    OUT_OF_RANGE,
    NOT_A_CHECKBOX,
    NOT_A_DATE,
    AMBIGUOUS_DATE,
    NOT_A_DURATION,
    FORMULA_ERROR,
    UNKNOWN_CHOICE,
    UNCLOSED_QUOTE,
    MISSING_LINK,
    AMBIGUOUS_LINK,
    TOO_LONG_FOR_CELL,
    TOO_LONG_FOR_FIELD,
    // One row or record.
    UNKNOWN_ID,
    DUPLICATE_ID,
    AMBIGUOUS_MATCH,
    FROZEN
  }

  static Problem ofSetUp(Kind kind, String field, String message) {
    return new Problem(kind, null, field, null, message);
  }
}
