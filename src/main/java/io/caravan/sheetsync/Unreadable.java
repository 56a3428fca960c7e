package io.caravan.sheetsync;

import java.util.List;

/**
 * A cell that cannot become a value of its field, or a value that no cell can hold. The message
 * ends a sentence that begins with the cell and says what to change; it never repeats the content.
 */
final class Unreadable extends Exception {
  private static final long serialVersionUID = 1;

  private final Problem.Kind kind;
  private final transient List<String> missingNames;

  Unreadable(Problem.Kind kind, String message) {
    this(kind, message, List.of());
  }

  /**
   * @param missingNames names of linked records that do not exist, but could be created
   */
  Unreadable(Problem.Kind kind, String message, List<String> missingNames) {
    super(message, null, false, false);
    this.kind = kind;
    this.missingNames = missingNames;
  }

  Problem.Kind kind() {
    return kind;
  }

  List<String> missingNames() {
    return missingNames;
  }
}
