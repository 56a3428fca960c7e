package io.caravan.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A formula of {@code filterByFormula}: literals, fields, comparisons, arithmetic, {@code &} and
 * the functions of {@link AirtableFunctions}.
 */
final class AirtableFormula {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:(?<number>\\d+(?:\\.\\d+)?)|(?<text>\"(?:\\\\.|[^\"\\\\])*\"|'(?:\\\\.|[^'\\\\])*')"
              + "|\\{(?<braced>(?:\\\\.|[^}\\\\])*)}|(?<name>[\\p{L}_][\\p{L}\\p{N}_]*)"
              + "|(?<sign><=|>=|!=|[-+*/&=<>(),])|(?<end>$))",
          Pattern.DOTALL);
  private static final String MALFORMED = "Invalid formula. Please check your formula text.";
  private static final Map<String, BiFunction<Object, Object, Object>> OPERATORS =
      Map.of(
          "=", AirtableFunctions::equal,
          "!=", (left, right) -> !AirtableFunctions.equal(left, right),
          "<", (left, right) -> AirtableFunctions.compare(left, right) < 0,
          ">", (left, right) -> AirtableFunctions.compare(left, right) > 0,
          "<=", (left, right) -> AirtableFunctions.compare(left, right) <= 0,
          ">=", (left, right) -> AirtableFunctions.compare(left, right) >= 0,
          "&", (left, right) -> AirtableFunctions.text(left) + AirtableFunctions.text(right),
          "+", (left, right) -> AirtableFunctions.number(left) + AirtableFunctions.number(right),
          "-", (left, right) -> AirtableFunctions.number(left) - AirtableFunctions.number(right),
          "*", (left, right) -> AirtableFunctions.number(left) * AirtableFunctions.number(right));

  private final AirtableTable table;
  private final Matcher tokens;
  private int next;
  private boolean ended;

  private AirtableFormula(AirtableTable table, String formula) {
    this.table = table;
    this.tokens = TOKEN.matcher(formula);
    advance();
  }

  /**
   * Which records a formula keeps: those for which it is neither 0, false, empty nor an error.
   *
   * @throws Refusal when it is malformed or names an unknown field or function
   */
  static Predicate<AirtableRecord> filter(AirtableTable table, String formula) {
    AirtableFormula parser = new AirtableFormula(table, formula);
    Function<AirtableRecord, Object> value = parser.comparison();
    if (!parser.ended) {
      throw AirtableErrors.invalidFormula(MALFORMED);
    }
    return record -> AirtableFunctions.truth(value.apply(record));
  }

  private void advance() {
    tokens.region(next, tokens.regionEnd());
    if (!tokens.lookingAt()) {
      throw AirtableErrors.invalidFormula(MALFORMED);
    }
    next = tokens.end();
    ended = tokens.group("end") != null;
  }

  private Function<AirtableRecord, Object> comparison() {
    return chain(this::joined, "=", "!=", "<", ">", "<=", ">=");
  }

  private Function<AirtableRecord, Object> joined() {
    return chain(this::sum, "&");
  }

  private Function<AirtableRecord, Object> sum() {
    return chain(this::product, "+", "-");
  }

  private Function<AirtableRecord, Object> product() {
    return chain(this::operand, "*");
  }

  private Function<AirtableRecord, Object> chain(
      Supplier<Function<AirtableRecord, Object>> operand, String... signs) {
    Function<AirtableRecord, Object> value = operand.get();
    while (List.of(signs).contains(String.valueOf(tokens.group("sign")))) {
      BiFunction<Object, Object, Object> operator = OPERATORS.get(tokens.group("sign"));
      advance();
      Function<AirtableRecord, Object> left = value;
      Function<AirtableRecord, Object> right = operand.get();
      value = record -> operator.apply(left.apply(record), right.apply(record));
    }
    return value;
  }

  private Function<AirtableRecord, Object> operand() {
    String number = tokens.group("number");
    String text = tokens.group("text");
    String braced = tokens.group("braced");
    String name = tokens.group("name");
    if (number != null) {
      advance();
      return record -> Double.valueOf(number);
    }
    if (text != null) {
      advance();
      String plain = unescaped(text.substring(1, text.length() - 1));
      return record -> plain;
    }
    if (braced != null) {
      advance();
      return field(unescaped(braced));
    }
    if (name != null) {
      advance();
      return isSign("(") ? call(name) : field(name);
    }
    if (isSign("(")) {
      advance();
      Function<AirtableRecord, Object> inner = comparison();
      expect(")");
      return inner;
    }
    expect("-");
    Function<AirtableRecord, Object> positive = operand();
    return record -> -AirtableFunctions.number(positive.apply(record));
  }

  private Function<AirtableRecord, Object> call(String name) {
    expect("(");
    List<Function<AirtableRecord, Object>> arguments = new ArrayList<>();
    List<String> fields = new ArrayList<>();
    while (!isSign(")")) {
      if (!arguments.isEmpty()) {
        expect(",");
      }
      fields.add(tokens.group("braced") == null ? tokens.group("name") : tokens.group("braced"));
      arguments.add(comparison());
    }
    expect(")");
    return AirtableFunctions.call(table, name, arguments, fields);
  }

  private Function<AirtableRecord, Object> field(String nameOrId) {
    AirtableField field =
        table
            .find(nameOrId)
            .orElseThrow(
                () ->
                    AirtableErrors.invalidFormula(
                        "Unknown field names: " + nameOrId.toLowerCase()));
    return record -> AirtableFunctions.value(table, record, field);
  }

  private boolean isSign(String sign) {
    return sign.equals(tokens.group("sign"));
  }

  private void expect(String sign) {
    if (!isSign(sign)) {
      throw AirtableErrors.invalidFormula(MALFORMED);
    }
    advance();
  }

  private static String unescaped(String text) {
    return text.replaceAll("\\\\(.)", "$1");
  }
}
