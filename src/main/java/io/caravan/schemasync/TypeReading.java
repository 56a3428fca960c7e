package io.caravan.schemasync;

import java.util.List;

/**
 * What a spelling means.
 *
 * @param spelling null when it cannot be a type at all
 * @param plain one form for spellings that differ by case and blanks only
 * @param types every meaning it has; empty when nobody knows the name
 */
record TypeReading(Spelling spelling, String plain, List<ColumnType> types) {
  boolean known() {
    return !types.isEmpty();
  }

  /** Whether this is the same name as the other one, and says less about its size. */
  boolean sameNameWithoutSize(TypeReading other) {
    return spelling != null
        && other.spelling != null
        && spelling.arguments().isEmpty()
        && spelling.name().equals(other.spelling.name())
        && spelling.unsigned() == other.spelling.unsigned()
        && spelling.dimensions().size() == other.spelling.dimensions().size()
        && spelling.dimensions().stream().allMatch(size -> size == 0);
  }
}
