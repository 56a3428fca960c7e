package io.caravan.secret;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * Masks secrets in text that leaves Caravan: messages, logs, URLs (SV-27, PF-06). It knows what
 * secrets look like, and the very secrets that were registered. It rather masks too much than too
 * little. Thread-safe.
 */
@Component
public final class Redactor {
  private static final String MASK = "***";
  private static final int SHORTEST = 4;
  private static final int MOST = 10_000;

  private record Rule(Pattern pattern, String replacement) {}

  private static final List<Rule> RULES =
      List.of(
          rule("://[^\\s\"'<>]*@", "://" + MASK + "@"),
          rule("(hooks\\.slack\\.com/[a-z]+/)[^\\s\"'<>]+", "$1" + MASK),
          rule("\\b(bearer|basic)\\s+[a-z0-9._~+/=-]{4,}", "$1 " + MASK),
          rule("\\b(?:xox[a-z]|xapp|ya29|pat[a-z0-9]{14})[.-][a-z0-9._-]{4,}", MASK),
          rule(
              "((?:passw(?:or)?d|pwd|passphrase|passcode|secret|token|credential|"
                  + "(?:api|access|private|pvt|encryption|account)[_-]?key)s?[\\w.-]{0,20}[\"']?\\s{0,3}[=:]\\s{0,3})"
                  + "(?!"
                  + Pattern.quote(MASK)
                  + ")(?:\"(?:[^\"\\\\]|\\\\.)*+\"|'[^']*+'|\\{[^}]*+}|[^\\s&;,)}\\]\"']++)",
              "$1" + MASK));

  private final Map<String, Boolean> known =
      Collections.synchronizedMap(
          new LinkedHashMap<>(64, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
              return size() > MOST;
            }
          });

  private static Rule rule(String pattern, String replacement) {
    return new Rule(Pattern.compile(pattern, Pattern.CASE_INSENSITIVE), replacement);
  }

  /**
   * From now on this very text is masked. Shorter than four characters would mask ordinary words
   * and is ignored.
   */
  public void register(String secret) {
    if (secret != null && secret.length() >= SHORTEST) {
      known.put(secret, Boolean.TRUE);
    }
  }

  /** The text without secrets; null stays null. */
  public String redact(String text) {
    if (text == null) {
      return null;
    }
    String result = text;
    synchronized (known) {
      for (String secret : known.keySet()) {
        result = result.replace(secret, MASK);
      }
    }
    for (Rule rule : RULES) {
      result = rule.pattern().matcher(result).replaceAll(rule.replacement());
    }
    return result;
  }
}
