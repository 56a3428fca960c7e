package io.caravan.sandbox;

import java.util.List;
import java.util.UUID;

/**
 * Decides one trait of things that have a number. The answer looks random and is always the same,
 * so nothing has to be remembered: any record of any edition is computed when it is asked for.
 */
enum BlueTrait {
  ABSENCE,
  BIO,
  BOARD_ID,
  BODY,
  CAPTION,
  CATEGORY,
  CATEGORY_ID,
  DATE,
  DIVISION,
  EYES,
  FIRST_NAME,
  GENDER,
  HAIR,
  HOME,
  LAST_NAME,
  MEASUREMENT_ID,
  MEDIA_SHARE,
  MEDIUM_ID,
  MEDIUM_SIZE,
  MEDIUM_TYPE,
  PLATFORM,
  PORTFOLIO_ID,
  PORTFOLIO_SHARE,
  SEASON,
  SHOWN_ON_BOARD,
  TAG,
  TAG_ID,
  TALENT_ID,
  TALENT_TYPE,
  TALENT_TYPE_ID;

  /** From 0 up to, not including, the bound. */
  int below(int bound, long number) {
    return (int) Long.remainderUnsigned(mixed(number), bound);
  }

  /** From the lowest to the highest, both included. */
  int between(int lowest, int highest, long number) {
    return lowest + below(highest - lowest + 1, number);
  }

  /** Like {@link #below}, small answers more often than large ones. */
  int lowBelow(int bound, long number) {
    return Math.min(below(bound, number), below(bound, ~number));
  }

  boolean happens(int percent, long number) {
    return below(100, number) < percent;
  }

  String of(List<String> words, long number) {
    return words.get(below(words.size(), number));
  }

  /** An opaque id in the form of a random UUID. */
  String id(long number) {
    long high = mixed(number) & ~0xF000L | 0x4000L;
    long low = mixed(~number) >>> 2 | Long.MIN_VALUE;
    return new UUID(high, low).toString();
  }

  /** The finishing steps of SplitMix64, which spread neighbouring numbers far apart. */
  private long mixed(long number) {
    long mixed = (number + 1) * 0x9E3779B97F4A7C15L + (ordinal() + 1) * 0xD1B54A32D192ED03L;
    mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
    return mixed ^ mixed >>> 31;
  }
}
