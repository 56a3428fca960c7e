package io.caravan.sandbox;

/** Whether something goes by rows or by columns, as the API names it. */
enum SheetsDimension {
  ROWS,
  COLUMNS;

  /**
   * By its name in a request.
   *
   * @throws Refusal when it is neither
   */
  static SheetsDimension of(String name) {
    return switch (name) {
      case "ROWS" -> ROWS;
      case "COLUMNS" -> COLUMNS;
      default -> throw SheetsErrors.invalid("Invalid value at 'dimension': \"" + name + "\"");
    };
  }
}
