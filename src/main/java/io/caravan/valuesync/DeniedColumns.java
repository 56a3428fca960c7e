package io.caravan.valuesync;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Names of columns whose values are never copied, because they look like secrets or personal
 * numbers (SV requirements, section 4 item 6).
 *
 * @param deniedColumns regular expressions, searched in the column's name in snake_case ({@code
 *     apiToken} reads {@code api_token})
 */
@ConfigurationProperties("caravan.valuesync")
public record DeniedColumns(
    @DefaultValue({
          "passw(or)?d",
          "pass_?phrase",
          "(^|_)(pwd|pin|otp)(_|$)",
          "(^|_)secrets?(_|$)",
          "(^|_)(tokens?|jwt)(_|$)",
          "(api|access|private|encryption|secret)_?key",
          "credentials?",
          "(^|_)(ssn|nino)(_|$)",
          "social_?security",
          "national_?(id|insurance)",
          "passport",
          "(^|_)tax_?(id|number|no)(_|$)",
          "(^|_)(iban|bic)(_|$)",
          "bank_?account",
          "card_?(number|num|no|pan)(_|$)",
          "(^|_)(cvv2?|cvc2?)(_|$)"
        })
        List<String> deniedColumns) {
  static final String SETTING = "caravan.valuesync.denied-columns";

  public DeniedColumns {
    deniedColumns = List.copyOf(deniedColumns);
    for (String pattern : deniedColumns) {
      try {
        Pattern.compile(pattern);
      } catch (PatternSyntaxException e) {
        throw new IllegalArgumentException(
            SETTING + " holds '" + pattern + "', which is no regular expression", e);
      }
    }
  }

  /** The pattern that refuses a column of this name. */
  Optional<String> refusing(String columnName) {
    String snakeCase =
        columnName
            .replaceAll("(?<=[\\p{Ll}\\d])(?=\\p{Lu})", "_")
            .replaceAll("[^\\p{L}\\d]+", "_")
            .toLowerCase(Locale.ROOT);
    return deniedColumns.stream()
        .filter(p -> Pattern.compile(p).matcher(snakeCase).find())
        .findFirst();
  }
}
