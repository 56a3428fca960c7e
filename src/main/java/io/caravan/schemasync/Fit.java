package io.caravan.schemasync;

import io.caravan.schemasync.TypeVerdict.Kind;

/**
 * How one meaning of the YAML's type fits one meaning of the live type.
 *
 * @param why a clause that ends the sentence of a {@link TypeVerdict}
 */
record Fit(Kind kind, String why) {
  private static final Fit SAME = new Fit(Kind.SAME, "both mean the same");

  static Fit same() {
    return SAME;
  }

  static Fit same(String why) {
    return new Fit(Kind.SAME, why);
  }

  static Fit widening(String why) {
    return new Fit(Kind.WIDENING, why);
  }

  static Fit narrowing(String why) {
    return new Fit(Kind.NARROWING, why);
  }

  static Fit incompatible(String why) {
    return new Fit(Kind.INCOMPATIBLE, why);
  }

  static Fit otherKind(ColumnType expected, ColumnType actual) {
    return incompatible(
        "%s and %s are different kinds of values".formatted(expected.noun(), actual.noun()));
  }

  static Fit unknown(String why) {
    return new Fit(Kind.UNKNOWN, why);
  }

  /** Of two meanings of one spelling, the one that fits better. */
  Fit orBetter(Fit other) {
    return other.kind.compareTo(kind) < 0 ? other : this;
  }

  /** Of two parts of one type, the one that fits worse. */
  Fit andWorse(Fit other) {
    return other.badness() > badness() ? other : this;
  }

  /** A part that is surely wrong makes the whole wrong, whatever is unknown besides. */
  private int badness() {
    return switch (kind) {
      case SAME -> 0;
      case WIDENING -> 1;
      case UNKNOWN -> 2;
      case NARROWING -> 3;
      case INCOMPATIBLE -> 4;
    };
  }
}
