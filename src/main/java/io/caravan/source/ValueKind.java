package io.caravan.source;

/** What a column's values are to somebody who searches them, whatever the vendor calls the type. */
public enum ValueKind {
  TEXT,
  NUMBER,
  BOOLEAN,
  DATE,
  TIMESTAMP,
  /** A time of day or a length of time. */
  TIME,
  UUID,
  ENUM,
  /** A list of values of a searchable kind. */
  ARRAY,
  /**
   * Documents, binaries, shapes, vectors, and every type we do not know: nobody looks them up by
   * typing.
   */
  UNSEARCHABLE;

  public boolean searchable() {
    return this != UNSEARCHABLE;
  }
}
