package io.caravan.schemasync;

import io.caravan.schemasync.ColumnType.Binary;
import io.caravan.schemasync.ColumnType.Choice;
import io.caravan.schemasync.ColumnType.Other;
import io.caravan.schemasync.ColumnType.Text;

/** Text, bytes, and what reads as text: words of an enum, UUIDs, network addresses. */
final class TextFit {
  /** The digits of a UUID, without its dashes. */
  private static final int UUID_DIGITS = 32;

  private static final int UUID_BYTES = 16;

  private TextFit() {}

  static Fit of(Text expected, ColumnType actual) {
    return switch (actual) {
      case Text text -> length(expected.length(), text.length(), "texts", "characters");
      case Choice _ -> readsAsText(expected, actual);
      case Other other when other.is("uuid") || other.is("network") ->
          readsAsText(expected, actual);
      default -> Fit.otherKind(expected, actual);
    };
  }

  static Fit of(Binary expected, ColumnType actual) {
    return actual instanceof Binary binary
        ? length(expected.length(), binary.length(), "values", "bytes")
        : Fit.otherKind(expected, actual);
  }

  static Fit of(Choice expected, ColumnType actual) {
    return switch (actual) {
      case Text _ -> Fit.widening("it holds any text");
      case Choice choice when choice.several() == expected.several() -> words(expected, choice);
      default -> Fit.otherKind(expected, actual);
    };
  }

  /** A UUID or a network address, where something else is in the database. */
  static Fit special(Other expected, ColumnType actual) {
    return switch (actual) {
      case Text text -> specialAsText(expected, text);
      case Binary binary when expected.is("uuid") ->
          binary.length() == null || binary.length() >= UUID_BYTES
              ? Fit.widening("it holds any bytes")
              : Fit.narrowing("a UUID no longer fits");
      default -> Fit.otherKind(expected, actual);
    };
  }

  private static Fit specialAsText(Other expected, Text actual) {
    return expected.is("uuid") && actual.length() != null && actual.length() < UUID_DIGITS
        ? Fit.narrowing("a UUID no longer fits")
        : Fit.widening("it holds any text");
  }

  private static Fit readsAsText(Text expected, ColumnType actual) {
    String why = "%s read as text".formatted(actual.noun());
    return expected.length() == null || expected.length() == ColumnType.UNLIMITED
        ? Fit.same(why)
        : Fit.widening(why);
  }

  private static Fit length(Long expected, Long actual, String values, String unit) {
    if (expected == null || expected.equals(actual)) {
      return expected == null ? Fit.same("any length will do") : Fit.same();
    }
    if (actual == null) {
      return Fit.same("the database does not tell its length");
    }
    if (actual == ColumnType.UNLIMITED) {
      return Fit.widening("it holds " + values + " of any length");
    }
    return actual > expected
        ? Fit.widening("it holds %s of up to %d %s".formatted(values, actual, unit))
        : Fit.narrowing("%s longer than %d %s no longer fit".formatted(values, actual, unit));
  }

  private static Fit words(Choice expected, Choice actual) {
    if (expected.words() == null || expected.words().equals(actual.words())) {
      return Fit.same();
    }
    if (actual.words() == null) {
      return Fit.same("the database does not tell its words");
    }
    return expected.words().stream()
        .filter(word -> !actual.words().contains(word))
        .findFirst()
        .map(word -> Fit.narrowing("the word %s no longer fits".formatted(word)))
        .orElse(Fit.widening("it holds the same words in another order, or more of them"));
  }
}
