package io.caravan.camel;

import com.atlassian.oai.validator.report.ValidationReport;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the contract's checker finds wrong, in sentences for people. */
final class Complaints {
  private static final String BROKEN = ".schema.invalidJson";
  private static final String OTHER_TYPE = "validation.request.parameter.schema.type";
  private static final String MISSING = "validation.request.parameter.missing";

  private static final Pattern PLACE = Pattern.compile("line: (\\d+), column: (\\d+)");

  private static final Pattern QUOTED_INPUT =
      Pattern.compile("String \".*\" is too", Pattern.DOTALL);

  /** What a parameter has to be, by the type in its schema. */
  private static final Map<String, String> TYPES =
      Map.of("boolean", "true or false", "integer", "a whole number", "number", "a number");

  private Complaints() {}

  static String sentence(ValidationReport.Message message) {
    Optional<Parameter> parameter =
        message.getContext().flatMap(ValidationReport.MessageContext::getParameter);
    if (parameter.isPresent()) {
      return ofParameter(parameter.get(), message);
    }
    return message.getKey().endsWith(BROKEN) ? Problems.badBody(place(message)) : whole(message);
  }

  private static String ofParameter(Parameter parameter, ValidationReport.Message message) {
    String key = message.getKey();
    if (key.equals(MISSING) && !Boolean.TRUE.equals(parameter.getRequired())) {
      // The checker calls one missing that is there without a value.
      return "The parameter %s is empty; give it a value, or leave it out."
          .formatted(parameter.getName());
    }
    String type = parameter.getSchema() == null ? null : parameter.getSchema().getType();
    if (TYPES.containsKey(type) && (key.endsWith(BROKEN) || key.equals(OTHER_TYPE))) {
      return "The parameter %s must be %s.".formatted(parameter.getName(), TYPES.get(type));
    }
    return whole(message);
  }

  private static String place(ValidationReport.Message message) {
    return PLACE
        .matcher(message.getMessage())
        .results()
        .findFirst()
        .map(at -> "line %s, column %s".formatted(at.group(1), at.group(2)))
        .orElse("");
  }

  /** A text that is too long may be a secret put into the wrong field; it is not repeated. */
  private static String whole(ValidationReport.Message message) {
    String safe = QUOTED_INPUT.matcher(message.getMessage()).replaceAll("The text is too");
    return safe.endsWith(".") ? safe : safe + ".";
  }
}
