package io.caravan.schemasync;

import io.caravan.schemasync.ColumnType.AnyNumber;
import io.caravan.schemasync.ColumnType.Binary;
import io.caravan.schemasync.ColumnType.Choice;
import io.caravan.schemasync.ColumnType.Decimal;
import io.caravan.schemasync.ColumnType.Floating;
import io.caravan.schemasync.ColumnType.ListOf;
import io.caravan.schemasync.ColumnType.MapOf;
import io.caravan.schemasync.ColumnType.Moment;
import io.caravan.schemasync.ColumnType.Other;
import io.caravan.schemasync.ColumnType.Struct;
import io.caravan.schemasync.ColumnType.Text;
import io.caravan.schemasync.ColumnType.Whole;
import io.caravan.schemasync.VerdictMemory.Question;
import io.caravan.source.SourceType;
import io.caravan.source.ValueKind;
import java.util.regex.Pattern;

/**
 * Whether a live column has the type that a dataset's YAML says. Two spellings of one type are the
 * same; a difference counts only when it changes what the column can hold.
 *
 * <p>Nothing is thrown, whatever stands in a YAML or comes from a database: what is not known is
 * {@link TypeVerdict.Kind#UNKNOWN}.
 */
public final class TypeComparison {
  private static final VerdictMemory MEMORY = new VerdictMemory();
  private static final int LONGEST_SHOWN = 300;
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private TypeComparison() {}

  /** As {@link #compare(SourceType, String, String, ValueKind)}, for a column of unknown kind. */
  public static TypeVerdict compare(SourceType dialect, String expected, String actual) {
    return compare(dialect, expected, actual, null);
  }

  /**
   * Compares the YAML's type with the live one.
   *
   * @param expected as the YAML says it, in any vendor's words
   * @param actual as the catalogue says it, with its length or precision: a {@code NUMBER} without
   *     one is taken for what the vendor makes of it
   * @param kind of the column's values, which helps with types that the customer made (an enum, a
   *     domain); null when not known
   */
  public static TypeVerdict compare(
      SourceType dialect, String expected, String actual, ValueKind kind) {
    if (blank(expected) || blank(actual)) {
      return verdict(expected, actual, Fit.unknown("without a type there is nothing to compare"));
    }
    return MEMORY.verdict(
        new Question(dialect, expected, actual, kind),
        () -> {
          TypeCatalogue catalogue = TypeCatalogue.of(dialect);
          Fit fit = fit(catalogue.expected(expected), catalogue.actual(actual, kind));
          return verdict(expected, actual, fit);
        });
  }

  /**
   * Compares whether values may be missing.
   *
   * @param expectedNullable null when the YAML does not say
   * @return {@code WIDENING} where the YAML says that there is always a value and the database
   *     allows none, else {@code SAME}
   */
  public static TypeVerdict compareNullable(Boolean expectedNullable, boolean actualNullable) {
    if (expectedNullable == null) {
      return new TypeVerdict(
          TypeVerdict.Kind.SAME, "The YAML does not say whether values may be missing.");
    }
    if (!expectedNullable && actualNullable) {
      return new TypeVerdict(
          TypeVerdict.Kind.WIDENING,
          "The YAML says not null, the database allows null: values may be missing.");
    }
    return new TypeVerdict(
        TypeVerdict.Kind.SAME,
        "The YAML says %s, the database %s null: no value is missing where one is expected."
            .formatted(
                expectedNullable ? "nullable" : "not null", actualNullable ? "allows" : "forbids"));
  }

  /** The best fit among the meanings of two spellings. */
  static Fit fit(TypeReading expected, TypeReading actual) {
    if (expected.plain().equals(actual.plain())) {
      return Fit.same();
    }
    if (!expected.known() || !actual.known()) {
      return Fit.unknown(
          "nobody here knows the type %s, so the two cannot be compared"
              .formatted(shown((expected.known() ? actual : expected).plain())));
    }
    if (expected.sameNameWithoutSize(actual)) {
      return Fit.same("any size will do");
    }
    Fit best = null;
    for (ColumnType meant : expected.types()) {
      for (ColumnType live : actual.types()) {
        Fit fit = fit(meant, live);
        best = best == null ? fit : best.orBetter(fit);
      }
    }
    return best;
  }

  private static Fit fit(ColumnType expected, ColumnType actual) {
    return switch (expected) {
      case AnyNumber _ -> NumberFit.any(actual);
      case Whole whole -> NumberFit.of(whole, actual);
      case Decimal decimal -> NumberFit.of(decimal, actual);
      case Floating floating -> NumberFit.of(floating, actual);
      case Text text -> TextFit.of(text, actual);
      case Binary binary -> TextFit.of(binary, actual);
      case Choice choice -> TextFit.of(choice, actual);
      case Moment moment -> MomentFit.of(moment, actual);
      case ListOf list -> NestedFit.of(list, actual);
      case Struct struct -> NestedFit.of(struct, actual);
      case MapOf map -> NestedFit.of(map, actual);
      case Other other -> OtherFit.of(other, actual);
    };
  }

  private static TypeVerdict verdict(String expected, String actual, Fit fit) {
    return new TypeVerdict(
        fit.kind(),
        "The YAML says %s, the database has %s: %s."
            .formatted(shown(expected), shown(actual), fit.why()));
  }

  private static boolean blank(String spelling) {
    return spelling == null || spelling.isBlank();
  }

  /** A spelling as it stands, unless it would break a line or fill a page. */
  private static String shown(String spelling) {
    if (blank(spelling)) {
      return "no type";
    }
    String line = CONTROL.matcher(spelling.strip()).replaceAll(" ");
    return line.length() <= LONGEST_SHOWN ? line : line.substring(0, LONGEST_SHOWN) + "…";
  }
}
