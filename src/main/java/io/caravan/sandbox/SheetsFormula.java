package io.caravan.sandbox;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Computes formulas, as far as a demo needs it: references, arithmetic, {@code &}, comparisons and
 * a handful of functions. Everything else reads {@code #NAME?} or {@code #ERROR!}.
 */
final class SheetsFormula {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:(?<number>\\d+(?:\\.\\d+)?)|(?<text>\"(?:\"\"|[^\"])*\")"
              + "|(?<range>(?:(?:'(?:''|[^'])*'|[A-Za-z_]\\w*)!)?\\$?[A-Za-z]{1,3}(?:\\$?\\d+)?"
              + "(?::\\$?[A-Za-z]{1,3}(?:\\$?\\d+)?)?(?![\\w(]))"
              + "|(?<name>[A-Za-z][\\w.]*)|(?<sign><=|>=|<>|[-+*/&=<>(),])|(?<end>$))");
  private static final int DEEPEST = 64;

  /** What a cell shows instead of a value. */
  private static final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Problem(String shown) {
      super(shown, null, false, false);
    }
  }

  private final SheetsTab tab;
  private final int depth;
  private final Matcher tokens;
  private int next;

  private SheetsFormula(SheetsTab tab, String formula, int depth) {
    this.tab = tab;
    this.depth = depth;
    this.tokens = TOKEN.matcher(formula);
    this.next = 1;
    advance();
  }

  /** The value of a formula, or the text that says what is wrong with it. */
  static Object value(SheetsTab tab, String formula) {
    return value(tab, formula, 0);
  }

  private static Object value(SheetsTab tab, String formula, int depth) {
    try {
      if (depth > DEEPEST) {
        throw new Problem("#REF!");
      }
      SheetsFormula parser = new SheetsFormula(tab, formula, depth);
      Object value = parser.comparison();
      if (parser.tokens.group("end") == null) {
        throw new Problem("#ERROR!");
      }
      return value == null ? Double.valueOf(0) : value;
    } catch (Problem e) {
      return e.getMessage();
    }
  }

  private void advance() {
    tokens.region(next, tokens.regionEnd());
    if (!tokens.lookingAt()) {
      throw new Problem("#ERROR!");
    }
    next = tokens.end();
  }

  private String sign(String... any) {
    String sign = tokens.group("sign");
    if (sign == null || !List.of(any).contains(sign)) {
      return null;
    }
    advance();
    return sign;
  }

  private Object comparison() {
    Object left = joined();
    for (String sign; (sign = sign("=", "<>", "<", ">", "<=", ">=")) != null; ) {
      Object right = joined();
      left =
          switch (sign) {
            case "=" -> Objects.equals(left, right);
            case "<>" -> !Objects.equals(left, right);
            case "<" -> number(left) < number(right);
            case ">" -> number(left) > number(right);
            case "<=" -> number(left) <= number(right);
            default -> number(left) >= number(right);
          };
    }
    return left;
  }

  private Object joined() {
    Object left = sum();
    while (sign("&") != null) {
      left = SheetsOutput.text(left, null) + SheetsOutput.text(sum(), null);
    }
    return left;
  }

  private Object sum() {
    Object left = product();
    for (String sign; (sign = sign("+", "-")) != null; ) {
      double right = number(product());
      left = sign.equals("+") ? number(left) + right : number(left) - right;
    }
    return left;
  }

  private Object product() {
    Object left = operand();
    for (String sign; (sign = sign("*", "/")) != null; ) {
      double right = number(operand());
      if (sign.equals("/") && right == 0) {
        throw new Problem("#DIV/0!");
      }
      left = sign.equals("*") ? number(left) * right : number(left) / right;
    }
    return left;
  }

  private Object operand() {
    String number = tokens.group("number");
    String text = tokens.group("text");
    String range = tokens.group("range");
    String name = tokens.group("name");
    if (number != null || text != null || range != null || name != null) {
      advance();
    }
    if (number != null) {
      return Double.valueOf(number);
    }
    if (text != null) {
      return text.substring(1, text.length() - 1).replace("\"\"", "\"");
    }
    if (range != null) {
      return reference(range);
    }
    if (name != null) {
      return call(name.toUpperCase(Locale.ROOT));
    }
    if (sign("-") != null) {
      return -number(operand());
    }
    if (sign("(") != null) {
      Object inner = comparison();
      close();
      return inner;
    }
    throw new Problem("#ERROR!");
  }

  private void close() {
    if (sign(")") == null) {
      throw new Problem("#ERROR!");
    }
  }

  private Object reference(String range) {
    if (range.equalsIgnoreCase("true") || range.equalsIgnoreCase("false")) {
      return Boolean.valueOf(range);
    }
    List<Object> values = values(range);
    if (values.size() != 1) {
      throw new Problem("#VALUE!");
    }
    return values.getFirst();
  }

  private List<Object> values(String range) {
    SheetsRange found;
    try {
      found = SheetsRange.of(tab.spreadsheet(), tab, range);
    } catch (Refusal e) {
      throw new Problem(range.contains("!") ? "#REF!" : "#NAME?");
    }
    SheetsGrid grid = found.tab().grid();
    if (!found.area().startsWithin(grid)) {
      throw new Problem("#REF!");
    }
    SheetsArea area = found.area().cutTo(grid);
    List<Object> values = new ArrayList<>();
    for (int row = area.startRow(); row < area.endRow(); row++) {
      for (int column = area.startColumn(); column < area.endColumn(); column++) {
        SheetsCell cell = grid.cell(row, column);
        values.add(
            cell.formula() == null ? cell.value() : value(found.tab(), cell.formula(), depth + 1));
      }
    }
    return values;
  }

  private Object call(String name) {
    if (sign("(") == null) {
      throw new Problem("#NAME?");
    }
    List<Object> values = new ArrayList<>();
    while (sign(")") == null) {
      String range = tokens.group("range");
      if (range != null && range.contains(":")) {
        advance();
        values.addAll(values(range));
      } else {
        values.add(comparison());
      }
      if (sign(",") == null && !")".equals(tokens.group("sign"))) {
        throw new Problem("#ERROR!");
      }
    }
    double[] numbers =
        values.stream()
            .filter(Double.class::isInstance)
            .mapToDouble(value -> (Double) value)
            .toArray();
    return switch (name) {
      case "SUM" -> Arrays.stream(numbers).sum();
      case "COUNT" -> (double) numbers.length;
      case "COUNTA" -> (double) values.stream().filter(Objects::nonNull).count();
      case "MIN" -> Arrays.stream(numbers).min().orElse(0);
      case "MAX" -> Arrays.stream(numbers).max().orElse(0);
      case "UPPER" -> SheetsOutput.text(values.getFirst(), null).toUpperCase(Locale.ROOT);
      default -> throw new Problem("#NAME?");
    };
  }

  private static double number(Object value) {
    return switch (value) {
      case null -> 0;
      case Double number -> number;
      case Boolean truth -> truth ? 1 : 0;
      default -> throw new Problem(value.toString().startsWith("#") ? value.toString() : "#VALUE!");
    };
  }
}
