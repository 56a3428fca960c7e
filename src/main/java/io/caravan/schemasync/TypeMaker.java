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
import io.caravan.schemasync.ColumnType.Zone;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Makes types of the keys in {@code types.yaml}, and gives them the sizes of a spelling. */
final class TypeMaker {
  /** Families whose brackets tell kinds apart that do not fit each other. */
  private static final Set<String> DETAILED =
      Set.of(
          "geometry",
          "geography",
          "vector",
          "half vector",
          "sparse vector",
          "range",
          "union",
          "bits");

  private static final String MAX = "max";

  private TypeMaker() {}

  /**
   * The type a key stands for.
   *
   * @param key as the head of the file describes it
   */
  static ColumnType ofKey(Spelling key) {
    return switch (key.name()) {
      case "text" -> new Text(sizeOf(key));
      case "binary" -> new Binary(sizeOf(key));
      case "integer" -> new Whole(sizeOf(key), key.arguments().contains("unsigned"));
      case "decimal" ->
          key.arguments().contains(MAX)
              ? new Decimal(ColumnType.UNLIMITED, ColumnType.UNLIMITED)
              : new Decimal(key.number(0), key.number(1));
      case "float" -> new Floating(sizeOf(key));
      case "number" -> new AnyNumber();
      case "timestamp" -> new Moment(true, zoneOf(key), digitsOf(key));
      case "time" -> new Moment(false, zoneOf(key), digitsOf(key));
      case "enum" -> new Choice(false, null);
      case "set" -> new Choice(true, null);
      case "array" -> new ListOf(null, null);
      case "struct" -> new Struct(null);
      case "map" -> new MapOf(null, null);
      default -> new Other(key.name(), key.arguments().isEmpty() ? null : joined(key.arguments()));
    };
  }

  /** The type with the sizes that a spelling gives; its own where the spelling gives none. */
  static ColumnType sized(ColumnType type, Spelling spelling) {
    if (spelling.unsigned() && type instanceof Whole whole) {
      return new Whole(whole.bits(), true);
    }
    if (spelling.arguments().isEmpty()) {
      return type;
    }
    return switch (type) {
      case Text text -> new Text(lengthIn(spelling, text.length()));
      case Binary binary -> new Binary(lengthIn(spelling, binary.length()));
      case Decimal _, AnyNumber _ -> decimal(type, spelling);
      case Floating floating -> floating(floating, spelling);
      case Moment moment ->
          spelling.size() == null
              ? moment
              : new Moment(moment.withDate(), moment.zone(), spelling.size());
      case Choice choice -> new Choice(choice.several(), spelling.arguments());
      case Other other -> detailed(other, spelling);
      // A width in brackets is for display; what arrays, structs and maps hold is read elsewhere.
      case Whole _, ListOf _, Struct _, MapOf _ -> type;
    };
  }

  private static Long sizeOf(Spelling key) {
    return key.arguments().contains(MAX) ? Long.valueOf(ColumnType.UNLIMITED) : key.size();
  }

  private static Zone zoneOf(Spelling key) {
    if (key.arguments().contains("with")) {
      return Zone.WITH;
    }
    return key.arguments().contains("without") ? Zone.WITHOUT : Zone.NOT_TOLD;
  }

  private static Long digitsOf(Spelling key) {
    return key.arguments().isEmpty() ? null : key.number(key.arguments().size() - 1);
  }

  /** SQL Server writes {@code max}, and its catalogue views -1. */
  private static Long lengthIn(Spelling spelling, Long otherwise) {
    String first = spelling.arguments().getFirst();
    if (first.equalsIgnoreCase(MAX) || first.equals("-1")) {
      return ColumnType.UNLIMITED;
    }
    return spelling.size() == null ? otherwise : spelling.size();
  }

  private static ColumnType decimal(ColumnType otherwise, Spelling spelling) {
    Long precision = spelling.size();
    if (precision == null) {
      return otherwise;
    }
    Long scale = spelling.number(1);
    return new Decimal(precision, scale == null ? Long.valueOf(0) : scale);
  }

  /**
   * One number is the standard's precision in bits: up to 24 fit into 32 bits. Two are MySQL's
   * width for display.
   */
  private static ColumnType floating(Floating otherwise, Spelling spelling) {
    Long precision = spelling.size();
    if (precision == null || spelling.arguments().size() > 1 || !spelling.name().equals("float")) {
      return otherwise;
    }
    return new Floating(precision <= 24 ? 32 : 64);
  }

  /** {@code bit} and {@code bit(1)} are booleans, {@code bit(8)} is none. */
  private static ColumnType detailed(Other other, Spelling spelling) {
    if (other.is("boolean") && spelling.size() != null && spelling.size() > 1) {
      return new Other("bits", spelling.size().toString());
    }
    // SQL Server's catalogue tells the length of shapes: any.
    return DETAILED.contains(other.family()) && !spelling.arguments().contains(MAX)
        ? new Other(other.family(), joined(spelling.arguments()))
        : other;
  }

  private static String joined(List<String> arguments) {
    return String.join(",", arguments).toLowerCase(Locale.ROOT);
  }
}
