package io.caravan.schemasync;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a dataset's YAML and the live schema disagree about. */
public enum FindingType {
  MISSING_TABLE("Missing table"),
  MISSING_COLUMN("Missing column"),
  TYPE_MISMATCH("Type mismatch"),
  /** Nulls are possible where the YAML excludes them. */
  NULLABLE("Nulls are possible"),
  /** A live column that the YAML does not name. */
  UNKNOWN_COLUMN("Column not in the YAML"),
  /** The comparison could not be made. */
  UNVERIFIABLE("Could not be checked");

  private final String title;

  FindingType(String title) {
    this.title = title;
  }

  /** In words, for people. */
  public String title() {
    return title;
  }

  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static FindingType ofWord(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
