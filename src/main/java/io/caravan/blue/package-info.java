/**
 * The Blue side of bluegreen: asks Green for a sync, follows it to its end, and remembers what came
 * of it.
 */
package io.caravan.blue;
