package io.caravan.sandbox;

/**
 * A row or a column as such, wherever it moves and whatever stands in it. Sorting moves what stands
 * in rows, not the rows; so metadata of a row stays where it was.
 */
final class SheetsLine {}
