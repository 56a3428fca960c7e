package io.caravan.valuesync;

/** How the values of a column were found. */
public enum ExtractionWay {
  /** All rows were grouped in the database. */
  EXACT,
  /** An index was asked for the next greater value, again and again; rows were not read. */
  SKIP_SCAN,
  /** Rows of randomly picked places, with the database's own statistics. */
  SAMPLE,
  /** The first rows that the database gave, where nothing can be picked at random. */
  PREFIX
}
