package io.caravan.valuesync;

/**
 * How much of one column is wanted.
 *
 * @param maxValues at most so many values (SV-06)
 * @param maxValueLength values with more characters than this are left out and counted
 */
public record ExtractionLimits(int maxValues, int maxValueLength) {
  /** 1000 values of at most 1000 characters. */
  public static final ExtractionLimits DEFAULT = new ExtractionLimits(1000, 1000);

  public ExtractionLimits {
    if (maxValues < 1 || maxValueLength < 1) {
      throw new IllegalArgumentException("limits are at least 1");
    }
  }

  /** No text of this many bytes can be short enough: UTF-8 takes at most four bytes a character. */
  long maxOctets() {
    return 4L * maxValueLength;
  }
}
