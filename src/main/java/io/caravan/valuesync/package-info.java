/**
 * Distinct values of searchable columns in customers' databases, kept for autocomplete.
 *
 * <p>A <em>searchable column</em> is what somebody wants to search; its <em>stored values</em> are
 * the list kept of it. The list is <em>complete</em> when it holds every value of the column,
 * otherwise it holds the most frequent ones. A run reads the columns whose table changed ({@code
 * ChangeProbe}), by the cheapest way that its statistics allow ({@code ExtractionStrategy}), and
 * replaces each list as a whole ({@code StoredValues}). Searching asks the stored lists ({@code
 * ValueSearch}), and the source itself only where a list is not complete and does not fill the
 * answer ({@code SourceLookup}).
 */
package io.caravan.valuesync;
