package io.caravan.sheetsync;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where a value stands, or who wins. */
public enum Side {
  AIRTABLE,
  SHEETS;

  /** As the contract and the tables have it. */
  @JsonValue
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
