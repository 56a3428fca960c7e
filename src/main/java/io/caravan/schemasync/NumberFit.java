package io.caravan.schemasync;

import io.caravan.schemasync.ColumnType.AnyNumber;
import io.caravan.schemasync.ColumnType.Decimal;
import io.caravan.schemasync.ColumnType.Floating;
import io.caravan.schemasync.ColumnType.Other;
import io.caravan.schemasync.ColumnType.Whole;
import java.math.BigInteger;

/** Numbers fit when every number of the YAML's type is one of the live type, to its last digit. */
final class NumberFit {
  private NumberFit() {}

  static Fit any(ColumnType actual) {
    return switch (actual) {
      case AnyNumber _, Whole _, Decimal _, Floating _ -> Fit.same("any number will do");
      case Other other when other.is("year") -> Fit.same("any number will do");
      default -> Fit.otherKind(new AnyNumber(), actual);
    };
  }

  static Fit of(Whole expected, ColumnType actual) {
    return switch (actual) {
      case Whole whole -> whole(expected, whole);
      case Decimal decimal -> whole(expected, decimal);
      case Floating floating ->
          expected.bits() <= exactBits(floating)
              ? Fit.widening("it holds fractions, too")
              : Fit.narrowing("large whole numbers lose their last digits");
      case AnyNumber _ -> sizeNotTold();
      default -> Fit.otherKind(expected, actual);
    };
  }

  static Fit of(Decimal expected, ColumnType actual) {
    return switch (actual) {
      case Decimal decimal -> decimal(expected, decimal);
      case Whole whole -> decimal(expected, whole);
      case Floating _ -> Fit.narrowing("floating-point numbers round exact decimals");
      case AnyNumber _ -> sizeNotTold();
      default -> Fit.otherKind(expected, actual);
    };
  }

  static Fit of(Floating expected, ColumnType actual) {
    return switch (actual) {
      case Floating floating when floating.bits() == expected.bits() -> Fit.same();
      case Floating floating ->
          floating.bits() > expected.bits()
              ? Fit.widening("it keeps more digits")
              : Fit.narrowing("digits beyond %d bits are lost".formatted(floating.bits()));
      case Decimal decimal ->
          decimal.unlimited()
              ? Fit.widening("it holds any number of digits")
              : Fit.narrowing("very large and very small numbers no longer fit");
      case Whole _ -> Fit.narrowing("fractions no longer fit");
      case AnyNumber _ -> sizeNotTold();
      default -> Fit.otherKind(expected, actual);
    };
  }

  private static Fit whole(Whole expected, Whole actual) {
    if (expected.equals(actual)) {
      return Fit.same();
    }
    if (expected.bits() == ColumnType.UNLIMITED || actual.bits() == ColumnType.UNLIMITED) {
      return actual.bits() == ColumnType.UNLIMITED
          ? Fit.widening("it holds larger numbers")
          : Fit.narrowing("numbers above %s no longer fit".formatted(largest(actual)));
    }
    if (largest(expected).compareTo(largest(actual)) > 0) {
      return Fit.narrowing("numbers above %s no longer fit".formatted(largest(actual)));
    }
    return actual.unsigned() && !expected.unsigned()
        ? Fit.narrowing("negative numbers no longer fit")
        : Fit.widening("it holds numbers up to %s".formatted(largest(actual)));
  }

  private static Fit whole(Whole expected, Decimal actual) {
    if (actual.precision() == null) {
      return sizeNotTold();
    }
    if (actual.unlimited()) {
      return Fit.widening("it holds any number of digits");
    }
    long digits = actual.precision() - actual.scale();
    if (expected.bits() == ColumnType.UNLIMITED || digits < largest(expected).toString().length()) {
      return Fit.narrowing(
          "numbers of more than %d digits before the point no longer fit".formatted(digits));
    }
    return Fit.widening(
        actual.scale() > 0
            ? "it holds fractions, too"
            : "it holds whole numbers of any size needed");
  }

  private static Fit decimal(Decimal expected, Decimal actual) {
    if (expected.precision() == null || actual.precision() == null || expected.equals(actual)) {
      return expected.precision() != null && actual.precision() == null
          ? sizeNotTold()
          : Fit.same();
    }
    if (actual.unlimited()) {
      return Fit.widening("it holds any number of digits");
    }
    long digits = actual.precision() - actual.scale();
    if (expected.unlimited() || actual.scale() < expected.scale()) {
      return Fit.narrowing("it keeps only %d digits after the point".formatted(actual.scale()));
    }
    return digits < expected.precision() - expected.scale()
        ? Fit.narrowing(
            "numbers of more than %d digits before the point no longer fit".formatted(digits))
        : Fit.widening("it holds more digits");
  }

  private static Fit decimal(Decimal expected, Whole actual) {
    if (expected.precision() == null || expected.scale() > 0) {
      return Fit.narrowing("fractions no longer fit");
    }
    if (actual.bits() == ColumnType.UNLIMITED) {
      return Fit.widening("it holds larger numbers");
    }
    // Nine digits fit into the ten of 2147483647, ten do not.
    if (expected.precision() >= largest(actual).toString().length()) {
      return Fit.narrowing("numbers above %s no longer fit".formatted(largest(actual)));
    }
    return actual.unsigned()
        ? Fit.narrowing("negative numbers no longer fit")
        : Fit.widening("it holds numbers up to %s".formatted(largest(actual)));
  }

  private static Fit sizeNotTold() {
    return Fit.same("the database does not tell its size");
  }

  private static BigInteger largest(Whole type) {
    int bits = (int) type.bits() - (type.unsigned() ? 0 : 1);
    return BigInteger.TWO.pow(bits).subtract(BigInteger.ONE);
  }

  private static long exactBits(Floating type) {
    return type.bits() > 32 ? 53 : 24;
  }
}
