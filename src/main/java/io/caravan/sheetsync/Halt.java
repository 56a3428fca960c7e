package io.caravan.sheetsync;

/**
 * A brake: nothing of the plan may be written (requirements of sheetsync, section 4 item 3).
 *
 * @param kind which brake
 * @param sentence what was seen and what to do
 * @param approvable whether a person's approval releases it; a layout that is gone has to be put
 *     back
 */
public record Halt(Kind kind, String sentence, boolean approvable) {
  /** Which brake. */
  public enum Kind {
    NO_MAPPING,
    HEADER_VANISHED,
    ID_COLUMN_VANISHED,
    ID_COLUMN_AMBIGUOUS,
    ID_COLUMN_WIPED,
    AIRTABLE_EMPTY,
    SHEET_EMPTY,
    TOO_MANY_DELETIONS
  }
}
