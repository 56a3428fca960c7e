/**
 * The decisions and stores of bluegreen: what becomes of a Blue API's raw JSON, and which release
 * readers see.
 */
package io.caravan.bluegreen;
