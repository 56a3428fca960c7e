/**
 * How anything in Caravan says that it could not be done, and how running work is told to stop.
 * Knows no other package.
 */
package io.caravan.failure;
