/**
 * Other people's accounts that Caravan works in: tokens at rest, and how they stay fresh. Tokens
 * are never shown.
 */
package io.caravan.connection;
