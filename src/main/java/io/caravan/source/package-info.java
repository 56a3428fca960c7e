/**
 * Customers' databases: who owns them, how each vendor wants to be spoken to, small read-only
 * pools, what tables they have, and what datasets say about these in YAML. Knows nothing of any
 * pipeline.
 */
package io.caravan.source;
