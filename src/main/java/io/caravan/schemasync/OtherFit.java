package io.caravan.schemasync;

import io.caravan.schemasync.ColumnType.MapOf;
import io.caravan.schemasync.ColumnType.Moment;
import io.caravan.schemasync.ColumnType.Other;
import io.caravan.schemasync.ColumnType.Struct;
import io.caravan.schemasync.ColumnType.Whole;
import java.util.Set;

/** Types that are like no other: equal to themselves, with a few kinsmen. */
final class OtherFit {
  /** Documents whose structure no schema tells. */
  private static final Set<String> DOCUMENTS = Set.of("json", "variant", "object");

  /** A year of MySQL needs twelve bits. */
  private static final int YEAR_BITS = 12;

  private OtherFit() {}

  static Fit of(Other expected, ColumnType actual) {
    if (actual instanceof Other other) {
      return others(expected, other);
    }
    return switch (expected.family()) {
      case "uuid", "network" -> TextFit.special(expected, actual);
      case "date" ->
          actual instanceof Moment moment && moment.withDate()
              ? Fit.widening("it holds the time of day, too")
              : Fit.otherKind(expected, actual);
      case "year" ->
          actual instanceof Whole whole && whole.bits() >= YEAR_BITS
              ? Fit.widening("it holds other numbers, too")
              : Fit.otherKind(expected, actual);
      case "object" ->
          actual instanceof Struct || actual instanceof MapOf
              ? Fit.same("any fields will do")
              : Fit.otherKind(expected, actual);
      default -> Fit.otherKind(expected, actual);
    };
  }

  private static Fit others(Other expected, Other actual) {
    if (!expected.is(actual.family())) {
      return DOCUMENTS.contains(expected.family()) && DOCUMENTS.contains(actual.family())
          ? Fit.same("both hold documents")
          : Fit.otherKind(expected, actual);
    }
    if (expected.detail() == null || expected.detail().equals(actual.detail())) {
      return Fit.same();
    }
    if (actual.detail() == null) {
      return expected.is("interval")
          ? Fit.same("any length of time will do")
          : Fit.widening("it holds " + expected.noun() + " of any kind");
    }
    // geometry(point,4326) is a geometry(point) in a certain system of coordinates.
    return actual.detail().startsWith(expected.detail() + ",")
        ? Fit.same("any system of coordinates will do")
        : Fit.incompatible(
            "%s and %s are different kinds of %s"
                .formatted(expected.detail(), actual.detail(), expected.noun()));
  }
}
