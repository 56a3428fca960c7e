/**
 * Where the routes meet the rest: the only package that imports Apache Camel. What decides anything
 * lives elsewhere; here exchanges are taken apart, failures get their answer, and requests are
 * checked against the contract.
 */
package io.caravan.camel;
