/**
 * Customers' databases: who owns them, how each vendor wants to be spoken to, small read-only
 * pools, and what tables they have. Knows nothing of any pipeline.
 */
package io.caravan.source;
