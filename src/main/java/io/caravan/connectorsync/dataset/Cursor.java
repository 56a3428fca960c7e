package io.caravan.connectorsync.dataset;

import io.caravan.failure.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a reader has come.
 *
 * @param version that it has read
 * @param key up to which it has read that version; null when all of it
 */
record Cursor(long version, String key) {
  static final Cursor START = new Cursor(0, null);

  private static final Pattern FORM = Pattern.compile("(\\d{1,18})(?:\\.([A-Za-z0-9_-]*))?");

  /** Whether a text could be a cursor; else it is a time. */
  static boolean isOne(String text) {
    return FORM.matcher(text).matches();
  }

  /**
   * @throws InvalidInputException when it is no cursor
   */
  static Cursor of(String text) {
    Matcher parts = FORM.matcher(text);
    try {
      if (parts.matches()) {
        return new Cursor(
            Long.parseLong(parts.group(1)),
            parts.group(2) == null
                ? null
                : new String(
                    Base64.getUrlDecoder().decode(parts.group(2)), StandardCharsets.UTF_8));
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw new InvalidInputException("changedSince is no cursor: send one as it was answered.");
  }

  @Override
  public String toString() {
    return key == null
        ? Long.toString(version)
        : version
            + "."
            + Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(key.getBytes(StandardCharsets.UTF_8));
  }
}
