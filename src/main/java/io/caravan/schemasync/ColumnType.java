package io.caravan.schemasync;

import java.util.List;
import java.util.Locale;

/**
 * What a column can hold, whatever the vendor calls it. A null size means that nothing tells one:
 * in the YAML any size will do, in a live type nobody knows.
 */
sealed interface ColumnType {
  /** A length or a number of digits that no value reaches. */
  long UNLIMITED = Long.MAX_VALUE;

  /** The values, as a sentence names them. */
  String noun();

  record Text(Long length) implements ColumnType {
    @Override
    public String noun() {
      return "text";
    }
  }

  record Binary(Long length) implements ColumnType {
    @Override
    public String noun() {
      return "bytes";
    }
  }

  /**
   * Integers.
   *
   * @param bits {@link #UNLIMITED} for any size
   */
  record Whole(long bits, boolean unsigned) implements ColumnType {
    @Override
    public String noun() {
      return "whole numbers";
    }
  }

  /** Exact decimals; precision and scale are both null or both there. */
  record Decimal(Long precision, Long scale) implements ColumnType {
    @Override
    public String noun() {
      return "exact decimals";
    }

    boolean unlimited() {
      return precision != null && precision == UNLIMITED;
    }
  }

  record Floating(long bits) implements ColumnType {
    @Override
    public String noun() {
      return "floating-point numbers";
    }
  }

  /** Whatever counts, as {@code number} in a YAML asks for. */
  record AnyNumber() implements ColumnType {
    @Override
    public String noun() {
      return "numbers";
    }
  }

  /** Whether a time zone belongs to a moment. */
  enum Zone {
    NOT_TOLD,
    WITH,
    WITHOUT
  }

  /**
   * A date with a time, or a time of day.
   *
   * @param digits of the fraction of a second
   */
  record Moment(boolean withDate, Zone zone, Long digits) implements ColumnType {
    @Override
    public String noun() {
      return withDate ? "timestamps" : "times of day";
    }
  }

  /**
   * One of some words, or several of them.
   *
   * @param words null when not told
   */
  record Choice(boolean several, List<String> words) implements ColumnType {
    @Override
    public String noun() {
      return several ? "sets of words" : "words of an enum";
    }
  }

  /**
   * An array.
   *
   * @param element null when not told
   * @param size null when it may have any
   */
  record ListOf(TypeReading element, Long size) implements ColumnType {
    @Override
    public String noun() {
      return "arrays";
    }
  }

  /**
   * A record of fields.
   *
   * @param fields null when not told
   */
  record Struct(List<Field> fields) implements ColumnType {
    @Override
    public String noun() {
      return "structs";
    }
  }

  /**
   * A field of a struct.
   *
   * @param name in lower case; its position where it has none
   */
  record Field(String name, TypeReading type) {}

  /** Keys with values, both null when not told. */
  record MapOf(TypeReading key, TypeReading value) implements ColumnType {
    @Override
    public String noun() {
      return "maps";
    }
  }

  /**
   * A type that is like no other: a date, a UUID, a document, a shape.
   *
   * @param detail what tells the kinds of a family apart, null for any
   */
  record Other(String family, String detail) implements ColumnType {
    @Override
    public String noun() {
      return switch (family) {
        case "date", "boolean", "interval", "range" -> family + "s";
        case "uuid", "json", "xml" -> family.toUpperCase(Locale.ROOT) + " values";
        case "network" -> "network addresses";
        default -> family + " values";
      };
    }

    boolean is(String otherFamily) {
      return family.equals(otherFamily);
    }
  }
}
