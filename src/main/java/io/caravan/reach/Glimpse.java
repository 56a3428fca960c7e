package io.caravan.reach;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * What a person would see of the beginning of a page that is no data: the text of an error page,
 * without its mark-up.
 */
final class Glimpse {
  /** An error page says what it is within its first bytes; its style sheet may come first. */
  static final int BYTES = 1 << 14;

  private static final int CHARACTERS = 80;
  private static final Pattern UNSEEN =
      Pattern.compile("(?is)<(script|style)\\b.*?(?:</\\1\\s*>|$)|<!--.*?(?:-->|$)|<[^>]*(?:>|$)");

  private Glimpse() {}

  /** At most 80 characters, on one line. */
  static String of(byte[] beginning) {
    String text = new String(beginning, StandardCharsets.UTF_8);
    String seen =
        UNSEEN.matcher(text).replaceAll(" ").replaceAll("[\\p{C}\\p{Z}\\s\ufffd]+", " ").strip();
    return seen.codePointCount(0, seen.length()) <= CHARACTERS
        ? seen
        : seen.substring(0, seen.offsetByCodePoints(0, CHARACTERS)) + "…";
  }
}
