package io.caravan.schemasync;

import io.caravan.schemasync.ColumnType.Moment;
import io.caravan.schemasync.ColumnType.Other;
import io.caravan.schemasync.ColumnType.Zone;

/** Timestamps and times of day. */
final class MomentFit {
  private MomentFit() {}

  static Fit of(Moment expected, ColumnType actual) {
    return switch (actual) {
      case Moment moment when moment.withDate() == expected.withDate() -> both(expected, moment);
      case Other other when other.is("date") && expected.withDate() ->
          Fit.narrowing("the time of day no longer fits");
      default -> Fit.otherKind(expected, actual);
    };
  }

  /**
   * A zone is worth a word, not a warning: many people write either spelling for moments in UTC,
   * and both hold the same instants.
   */
  private static Fit both(Moment expected, Moment actual) {
    if (expected.digits() != null
        && actual.digits() != null
        && actual.digits() < expected.digits()) {
      return Fit.narrowing(
          "it keeps only %d digits of a second's fraction".formatted(actual.digits()));
    }
    if (expected.zone() != Zone.NOT_TOLD
        && actual.zone() != Zone.NOT_TOLD
        && expected.zone() != actual.zone()) {
      return Fit.widening(
          actual.zone() == Zone.WITH
              ? "it has a time zone, too; the moments are the same in UTC"
              : "it has no time zone; the moments are the same in UTC");
    }
    return expected.digits() != null
            && actual.digits() != null
            && !expected.digits().equals(actual.digits())
        ? Fit.widening("it keeps more digits of a second's fraction")
        : Fit.same();
  }
}
