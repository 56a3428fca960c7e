package io.caravan.sandbox;

import java.util.SplittableRandom;
import java.util.regex.Pattern;

/** Ids like Airtable's: three letters for the kind and fourteen letters or digits. */
final class StandInIds {
  private static final String DIGITS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final Pattern TAIL = Pattern.compile("[A-Za-z0-9]{14}");

  private final SplittableRandom random = new SplittableRandom(20_261_122);

  /** One that was not given before. */
  String next(String kind) {
    return id(kind, random);
  }

  /** Always the same for the same words, so that tests and the demo can name it. */
  static String of(String kind, String words) {
    return id(kind, new SplittableRandom(words.hashCode()));
  }

  static boolean isId(String text, String kind) {
    return text.startsWith(kind) && TAIL.matcher(text.substring(kind.length())).matches();
  }

  private static String id(String kind, SplittableRandom random) {
    StringBuilder id = new StringBuilder(kind);
    for (int i = 0; i < 14; i++) {
      id.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
    }
    return id.toString();
  }
}
