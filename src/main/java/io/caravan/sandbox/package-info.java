/**
 * What the demo plays on instead of a customer's systems. Everything here is made on this machine,
 * never downloaded. Only the composition root uses this package.
 */
package io.caravan.sandbox;
