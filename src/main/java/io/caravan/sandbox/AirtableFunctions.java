package io.caravan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * The functions of formulas, and how values of different kinds meet in them. A value is a text, a
 * {@code Double}, a {@code Boolean}, an {@code Instant} or null for blank.
 */
final class AirtableFunctions {
  private AirtableFunctions() {}

  /**
   * A call of a function.
   *
   * @param fields what the arguments are called where they are fields
   * @throws Refusal when there is no such function, or it takes another number of arguments
   */
  static Function<AirtableRecord, Object> call(
      AirtableTable table,
      String name,
      List<Function<AirtableRecord, Object>> arguments,
      List<String> fields) {
    Function<AirtableRecord, List<Object>> values =
        record -> arguments.stream().map(argument -> argument.apply(record)).toList();
    String function = name.toUpperCase(Locale.ROOT);
    int most = most(function);
    if (arguments.size() > most || arguments.size() < Math.min(most, least(function))) {
      throw AirtableErrors.invalidFormula("Invalid formula. Please check your formula text.");
    }
    return switch (function) {
      case "TRUE" -> record -> true;
      case "FALSE" -> record -> false;
      case "BLANK" -> record -> null;
      case "RECORD_ID" -> AirtableRecord::id;
      case "CREATED_TIME" -> record -> AirtableValues.wholeSecond(record.createdAt());
      case "LAST_MODIFIED_TIME" -> {
        List<String> watched = fields.stream().map(field -> watched(table, field)).toList();
        yield record -> modified(record, watched);
      }
      case "AND" -> record -> arguments.stream().allMatch(each -> truth(each.apply(record)));
      case "OR" -> record -> arguments.stream().anyMatch(each -> truth(each.apply(record)));
      case "NOT" -> record -> !truth(values.apply(record).get(0));
      case "IF" ->
          record ->
              truth(arguments.get(0).apply(record))
                  ? arguments.get(1).apply(record)
                  : arguments.size() == 3 ? arguments.get(2).apply(record) : null;
      case "IS_AFTER" -> record -> order(values.apply(record)) > 0;
      case "IS_BEFORE" -> record -> order(values.apply(record)) < 0;
      case "IS_SAME" -> record -> order(values.apply(record)) == 0;
      case "DATETIME_PARSE" -> record -> moment(values.apply(record).get(0));
      case "LOWER" -> record -> text(values.apply(record).get(0)).toLowerCase(Locale.ROOT);
      case "UPPER" -> record -> text(values.apply(record).get(0)).toUpperCase(Locale.ROOT);
      case "TRIM" -> record -> text(values.apply(record).get(0)).trim();
      case "LEN" -> record -> (double) text(values.apply(record).get(0)).length();
      case "FIND" -> record -> find(values.apply(record), false);
      default -> record -> find(values.apply(record), true);
    };
  }

  private static int most(String function) {
    return switch (function) {
      case "AND", "OR", "LAST_MODIFIED_TIME" -> Integer.MAX_VALUE;
      case "TRUE", "FALSE", "BLANK", "RECORD_ID", "CREATED_TIME" -> 0;
      case "NOT", "DATETIME_PARSE", "LOWER", "UPPER", "TRIM", "LEN" -> 1;
      case "IS_AFTER", "IS_BEFORE", "IS_SAME", "FIND", "SEARCH" -> 2;
      case "IF" -> 3;
      default -> throw AirtableErrors.invalidFormula("Unknown function names: " + function);
    };
  }

  private static int least(String function) {
    return switch (function) {
      case "LAST_MODIFIED_TIME" -> 0;
      case "AND", "OR" -> 1;
      default -> 2;
    };
  }

  /** What a field is in a formula: links are the names behind them, choices their names. */
  static Object value(AirtableTable table, AirtableRecord record, AirtableField field) {
    JsonNode value = AirtableValues.of(table, record, field);
    if (value == null) {
      return null;
    }
    if (value.isNumber()) {
      return value.doubleValue();
    }
    if (value.isBoolean()) {
      return value.booleanValue();
    }
    return switch (field.type()) {
      case DATE, DATE_TIME, CREATED_TIME, LAST_MODIFIED_TIME -> moment(value.asText());
      default -> AirtableText.of(table, record, field);
    };
  }

  private static String watched(AirtableTable table, String field) {
    return Optional.ofNullable(field)
        .flatMap(table::find)
        .orElseThrow(() -> AirtableErrors.invalidFormula("Invalid arguments for function"))
        .id();
  }

  private static Instant modified(AirtableRecord record, List<String> watched) {
    Instant at = watched.isEmpty() ? record.modifiedAt() : record.modifiedAt(watched);
    return at == null ? null : AirtableValues.wholeSecond(at);
  }

  private static int order(List<Object> values) {
    Instant left = moment(values.get(0));
    Instant right = moment(values.get(1));
    return left == null || right == null
        ? Boolean.compare(left != null, right != null)
        : left.compareTo(right);
  }

  private static Instant moment(Object value) {
    if (value instanceof Instant moment) {
      return moment;
    }
    String text = text(value);
    try {
      return text.contains("T")
          ? OffsetDateTime.parse(text).toInstant()
          : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static double find(List<Object> values, boolean ignoresCase) {
    String wanted = text(values.get(0));
    String within = text(values.get(1));
    return 1
        + (ignoresCase
            ? within.toLowerCase(Locale.ROOT).indexOf(wanted.toLowerCase(Locale.ROOT))
            : within.indexOf(wanted));
  }

  static boolean equal(Object left, Object right) {
    if (left instanceof Double || right instanceof Double) {
      return left instanceof Double && right instanceof Double
          ? left.equals(right)
          : text(left).equals(text(right));
    }
    if (left instanceof Boolean || right instanceof Boolean) {
      return truth(left) == truth(right);
    }
    if (left instanceof Instant || right instanceof Instant) {
      return Objects.equals(moment(left), moment(right));
    }
    return text(left).equals(text(right));
  }

  static int compare(Object left, Object right) {
    return left instanceof Instant || right instanceof Instant
        ? order(List.of(left == null ? "" : left, right == null ? "" : right))
        : left instanceof String && right instanceof String
            ? text(left).compareToIgnoreCase(text(right))
            : Double.compare(number(left), number(right));
  }

  static boolean truth(Object value) {
    return switch (value) {
      case null -> false;
      case Boolean truth -> truth;
      case Double number -> number != 0 && !number.isNaN();
      case String text -> !text.isEmpty();
      default -> true;
    };
  }

  static double number(Object value) {
    return switch (value) {
      case null -> 0;
      case Double number -> number;
      case Boolean truth -> truth ? 1 : 0;
      case Instant moment -> moment.toEpochMilli();
      default -> Double.NaN;
    };
  }

  static String text(Object value) {
    return switch (value) {
      case null -> "";
      case Double number ->
          number == Math.rint(number) ? String.valueOf(number.longValue()) : number.toString();
      case Boolean truth -> truth ? "1" : "0";
      case Instant moment -> AirtableValues.text(moment);
      default -> value.toString();
    };
  }
}
