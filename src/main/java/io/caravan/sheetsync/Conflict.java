package io.caravan.sheetsync;

/**
 * Both sides changed the same thing differently. Kept with both values, so that whoever lost is not
 * lost (requirements of sheetsync, section 4 item 2).
 *
 * @param kind what met what
 * @param recordId the record
 * @param fieldId the field, or null when the whole record is meant
 * @param row the sheet's row number, or 0 when there is none
 * @param base what both last agreed on, or null when they never did or the record is meant
 * @param airtable Airtable's value, or null when the record is meant
 * @param sheet the sheet's value, or null when the record is meant or the cell cannot be read
 * @param winner who wins, or null when the conflict is queued for a person
 * @param rule why, in a sentence
 */
public record Conflict(
    Kind kind,
    String recordId,
    String fieldId,
    int row,
    Value base,
    Value airtable,
    Value sheet,
    Side winner,
    String rule) {
  /** What met what. */
  public enum Kind {
    /** Both sides edited the field. */
    BOTH_EDITED,

    /** Both sides have a value and never agreed on one. */
    NEVER_AGREED,

    /** Airtable's record was edited, the sheet's row deleted. */
    EDITED_IN_AIRTABLE_DELETED_IN_SHEETS,

    /** The sheet's row was edited, Airtable's record deleted. */
    EDITED_IN_SHEETS_DELETED_IN_AIRTABLE,

    /** One way only, and somebody edited the side that is written. */
    TARGET_EDITED,

    /** Somebody edited a column that Airtable computes. */
    READ_ONLY_EDITED
  }

  /**
   * What a person decides about.
   *
   * @param recordId the record
   * @param fieldId the field, or null when the whole record is meant
   */
  public record Key(String recordId, String fieldId) {}

  /** What a person decides about. */
  public Key key() {
    return new Key(recordId, fieldId);
  }
}
