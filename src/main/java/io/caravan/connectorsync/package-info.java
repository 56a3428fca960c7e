/**
 * Pulls records from other systems into datasets, each connector on its own interval.
 *
 * <p>What a connector can reach is the matter of its type: a route template in {@code
 * routes/connectors}. This package knows whose turn it is, what to do after a failure, and what
 * becomes of the records.
 */
package io.caravan.connectorsync;
