package io.caravan.bluegreen;

/** A record that is not published, and why. */
final class SetAside extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param why without values of the record, so that equal reasons can be counted
   */
  SetAside(String why) {
    super(why, null, false, false);
  }
}
