/**
 * Whether a customer's database still has what the YAML of its datasets says.
 *
 * <p>Types are compared by what they hold, not by what they are called. {@code
 * schemasync/types.yaml} says what every vendor's names mean; {@code TypeCatalogue} reads a
 * spelling by it, and {@code TypeComparison} tells what the live type can no longer hold. A
 * spelling may have several meanings (MySQL's {@code tinyint(1)} is a number and a boolean): the
 * one that fits best counts, so that a synonym never becomes an alarm.
 */
package io.caravan.schemasync;
