package io.caravan.sheetsync;

import io.caravan.sheetsync.MergeInput.ObservedChange;
import java.time.Instant;

/** Who wins a conflict, and why (TS-14; requirements of sheetsync, section 4 item 6). */
final class ConflictRules {
  private final MergeInput input;

  ConflictRules(MergeInput input) {
    this.input = input;
  }

  /**
   * @param winner null when the conflict waits for a person
   * @param rule a sentence for the log
   */
  record Decision(Side winner, String rule) {}

  /**
   * @param key what is in conflict
   * @param airtableChanged when Airtable's record was last modified, or null when nobody knows
   */
  Decision decide(Conflict.Key key, Instant airtableChanged) {
    Side decided = input.options().decisions().get(key);
    if (decided != null) {
      return new Decision(decided, "A person decided.");
    }
    ConflictResolution resolution = input.options().conflictResolution();
    return resolution == ConflictResolution.NEWEST_WINS
        ? newest(airtableChanged, input.sheetChanges().get(key.recordId()))
        : new Decision(winner(resolution), "The config says %s.".formatted(resolution));
  }

  /**
   * A sheet's change lies somewhere between two reads, so an Airtable time between them says
   * nothing; taking either side there would be the silent default of defect D3.
   */
  private Decision newest(Instant airtable, ObservedChange sheet) {
    if (airtable == null) {
      return fallback(
          "Airtable does not tell the time (a last modified field tells that of an edit)");
    }
    if (sheet == null) {
      return fallback("Nobody saw when the row changed");
    }
    if (airtable.isAfter(sheet.notAfter())) {
      return new Decision(
          Side.AIRTABLE, "Airtable changed at %s, after the sheet.".formatted(airtable));
    }
    if (airtable.isBefore(sheet.notBefore())) {
      return new Decision(
          Side.SHEETS, "The sheet changed after %s, Airtable before.".formatted(sheet.notBefore()));
    }
    return fallback("Both changed between two reads of the sheet");
  }

  private Decision fallback(String why) {
    ConflictResolution fallback = input.options().fallback();
    return new Decision(
        winner(fallback), "%s, so the newest is not known and %s holds.".formatted(why, fallback));
  }

  private static Side winner(ConflictResolution resolution) {
    return switch (resolution) {
      case AIRTABLE_WINS -> Side.AIRTABLE;
      case SHEETS_WINS -> Side.SHEETS;
      case MANUAL, NEWEST_WINS -> null;
    };
  }
}
