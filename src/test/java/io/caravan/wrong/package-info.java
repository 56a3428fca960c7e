/**
 * Classes that each break a rule of {@link io.caravan.Architecture}, so that a rule which sleeps is
 * noticed. Laid out like the product below a root of its own.
 */
package io.caravan.wrong;
