package io.caravan.bluegreen;

/**
 * One question that a release has to pass, with the numbers (requirements, section 4 item 2).
 *
 * @param audit {@code not-empty}, {@code not-collapsed}, {@code set-aside}, {@code unique-key} or
 *     {@code references}
 * @param actual what was counted
 * @param limit the least or most that passes
 */
public record Audit(
    String entity, String audit, boolean passed, double actual, double limit, String message) {
  static final String NOT_EMPTY = "not-empty";
}
